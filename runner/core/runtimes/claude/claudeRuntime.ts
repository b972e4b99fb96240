import { realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../../protocol/errors.ts';
import { writeAtomic } from '../../files/writeAtomic.ts';
import { findProgram } from '../../platform/findProgram.ts';
import { npmVersionOf } from '../npmVersionOf.ts';
import type { LaunchCommand, LaunchRequest, Runtime, RuntimeInspection, RuntimeReadiness } from '../runtime.ts';
import { maxArgumentBytes } from '../runtime.ts';
import type { RuntimeDeps } from '../runtimeDefinition.ts';
import { claudeCapabilities } from './claudeCapabilities.ts';
import { findClaudeLogin } from './claudeLogin.ts';
import { claudeModes } from './claudeModes.ts';
import { claudePlaces } from './claudePlaces.ts';
import { seedClaude } from './claudeSeed.ts';
import { claudeSettings } from './claudeSettings.ts';
import { plainWords } from './claudeTyping.ts';

const packageName = '@anthropic-ai/claude-code';
const installCommand = `npm install -g ${packageName}`;

/** Claude Code in the agent's terminal. */
export class ClaudeRuntime implements Runtime {
  readonly name = 'claude';
  readonly capabilities = claudeCapabilities;
  private readonly deps: RuntimeDeps;

  constructor(deps: RuntimeDeps) {
    this.deps = deps;
  }

  async readiness(): Promise<RuntimeReadiness> {
    if ((await this.findProgram()) !== undefined) return { ready: true };
    return {
      ready: false,
      message: `${this.command()[0]} was not found.`,
      hint: `Install it: ${installCommand}, or choose another runtime: --runtime rehearsal`,
    };
  }

  async inspect(): Promise<RuntimeInspection> {
    const program = await this.findProgram();
    if (program === undefined) return { installed: false, version: null, loggedIn: null, fix: installCommand };
    const loggedIn = await findClaudeLogin(this.deps.env, os.platform());
    return {
      installed: true,
      version: await npmVersionOf(program, packageName),
      loggedIn,
      fix: loggedIn === false ? 'claude /login' : null,
    };
  }

  /** @throws UserError when it could not start unattended. */
  async prepare(request: LaunchRequest): Promise<void> {
    const { env, config, clock, self, startTimeOf } = this.deps;
    if (request.mode === 'bypass' && os.userInfo().uid === 0 && env['IS_SANDBOX'] !== '1') throw refusesRoot();
    await seedClaude(
      claudePlaces(env).stateFile,
      { projectRoot: await realpath(request.projectPath), apiKey: config.env['ANTHROPIC_API_KEY'] ?? null },
      { clock, self, startTimeOf },
    );
    const settings = claudeSettings(request);
    await writeAtomic(settingsFile(request), `${JSON.stringify(settings, null, 2)}\n`);
  }

  launch(request: LaunchRequest): LaunchCommand {
    return {
      argv: [
        ...this.command(),
        request.resume ? '--resume' : '--session-id',
        request.sessionId,
        '--permission-mode',
        claudeModes[request.mode].flag,
        '--settings',
        settingsFile(request),
        ...(request.model === null ? [] : ['--model', request.model]),
        ...promptArguments(request),
      ],
      // An update while agents run would change the program under them.
      env: { DISABLE_AUTOUPDATER: '1', ...this.deps.config.env },
    };
  }

  private command(): readonly [string, ...string[]] {
    const [program = 'claude', ...args] = this.deps.config.command ?? [];
    return [program, ...args];
  }

  private findProgram(): Promise<string | undefined> {
    return findProgram(this.command()[0], this.deps.env['PATH']);
  }
}

function settingsFile({ agentFolder }: LaunchRequest): string {
  return path.join(agentFolder, 'claude-settings.json');
}

function promptArguments({ prompt, promptFile }: LaunchRequest): string[] {
  if (prompt === null) return [];
  if (Buffer.byteLength(prompt) <= maxArgumentBytes) return ['--', plainWords(prompt)];
  return ['--', `Read your task in the file ${promptFile} and carry it out.`];
}

function refusesRoot(): UserError {
  return new UserError({
    code: 'runtimeNotReady',
    message: 'Claude Code refuses to bypass permissions as root.',
    hint: 'Use --mode auto. On a machine made to be thrown away: IS_SANDBOX = "1" under [runtimes.claude.env] in config.toml',
  });
}
