import { findProgram } from '../../platform/findProgram.ts';
import { npmVersionOf } from '../npmVersionOf.ts';
import type {
  LaunchCommand,
  LaunchPlace,
  LaunchRequest,
  Runtime,
  RuntimeInspection,
  RuntimeReadiness,
} from '../runtime.ts';
import type { RuntimeDeps } from '../runtimeDefinition.ts';
import { launchArguments } from './launchArguments.ts';
import { prepareHome } from './prepareHome.ts';
import { isSignedIn, notSignedIn } from './signIn.ts';

export const geminiCapabilities = {
  reportsEvents: true,
  confirmsMessages: true,
  resumes: true,
  takesSessionId: true,
  isRehearsal: false,
};

const packageName = '@google/gemini-cli';
const install = `npm install -g ${packageName}`;

/** Gemini CLI as configured now. */
export class GeminiRuntime implements Runtime {
  readonly name = 'gemini';
  readonly capabilities = geminiCapabilities;
  private readonly deps: RuntimeDeps;
  private readonly command: readonly [string, ...string[]];

  constructor(deps: RuntimeDeps) {
    this.deps = deps;
    const [program = 'gemini', ...args] = deps.config.command ?? [];
    this.command = [program, ...args];
  }

  async readiness({ projectPath, workspace }: LaunchPlace): Promise<RuntimeReadiness> {
    if ((await this.find()) !== undefined) {
      const isRefused = (await isSignedIn(this.deps.env, [projectPath, workspace])) === false;
      return isRefused ? { ready: false, ...notSignedIn } : { ready: true };
    }
    return {
      ready: false,
      message: `${this.command[0]} was not found.`,
      hint: `Install it: ${install}, or choose another runtime: --runtime rehearsal`,
    };
  }

  async inspect(): Promise<RuntimeInspection> {
    const program = await this.find();
    if (program === undefined) return { installed: false, version: null, loggedIn: null, fix: install };
    const loggedIn = await isSignedIn(this.deps.env);
    return {
      installed: true,
      version: await npmVersionOf(program, packageName),
      loggedIn,
      fix: loggedIn === false ? 'gemini' : null,
    };
  }

  prepare({ workspace }: LaunchRequest): Promise<void> {
    return prepareHome(this.deps, workspace);
  }

  launch(request: LaunchRequest): LaunchCommand {
    return { argv: [...this.command, ...launchArguments(request)], env: this.deps.config.env };
  }

  private find(): Promise<string | undefined> {
    return findProgram(this.command[0], this.deps.env['PATH']);
  }
}
