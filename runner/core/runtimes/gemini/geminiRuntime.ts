import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { findProgram } from '../../platform/findProgram.ts';
import type {
  LaunchCommand,
  LaunchPlace,
  LaunchRequest,
  Runtime,
  RuntimeInspection,
  RuntimeReadiness,
} from '../runtime.ts';
import type { RuntimeDeps } from '../runtimeDefinition.ts';
import { readJsonFile } from './jsonFile.ts';
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
    return { installed: true, version: await versionOf(program), loggedIn, fix: loggedIn === false ? 'gemini' : null };
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

/** What the package says that the program belongs to: asking the program takes 1.5 s. */
async function versionOf(program: string): Promise<string | null> {
  let folder = path.dirname(await realpath(program).catch(() => program));
  for (let up = 0; up < 3; up += 1, folder = path.dirname(folder)) {
    const { value } = await readJsonFile(path.join(folder, 'package.json')).catch(() => ({ value: {} }));
    const { name, version } = value as { name?: unknown; version?: unknown };
    if (name === packageName && typeof version === 'string') return version;
  }
  return null;
}
