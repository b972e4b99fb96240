import { lstatSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../platform/findProgram.ts';
import {
  type LaunchCommand,
  type LaunchPlace,
  type LaunchRequest,
  maxArgumentBytes,
  type Runtime,
  type RuntimeInspection,
  type RuntimeReadiness,
} from '../runtime.ts';
import type { RuntimeDeps } from '../runtimeDefinition.ts';
import { codexCapabilities } from './codexCapabilities.ts';
import { codexHookFlags, tomlString } from './codexHooks.ts';
import { codexModes } from './codexModes.ts';
import { codexTitleFlags } from './codexTitle.ts';
import { inspectCodex, isLoggedIn } from './inspectCodex.ts';
import { type WorktreeGit, worktreeGit } from './worktreeGit.ts';

const install = 'npm install -g @openai/codex';

const notLoggedIn: RuntimeReadiness = {
  ready: false,
  message: 'Codex is not logged in, and would stop at that question.',
  hint: 'Type codex login in a terminal, or name a model provider in its config.toml.',
};

/** OpenAI's Codex (0.169.0). Everything it needs is told by arguments, so that none of the user's files are touched. */
export class CodexRuntime implements Runtime {
  readonly name = 'codex';
  readonly capabilities = codexCapabilities;
  private readonly deps: Pick<RuntimeDeps, 'config' | 'env'>;

  constructor(deps: Pick<RuntimeDeps, 'config' | 'env'>) {
    this.deps = deps;
  }

  async readiness(place: LaunchPlace): Promise<RuntimeReadiness> {
    if ((await this.program()) !== undefined) return (await this.mayBeLoggedIn(place)) ? { ready: true } : notLoggedIn;
    const [name] = this.command();
    return {
      ready: false,
      message: `${name} was not found.`,
      hint: `Install it: ${install}, or choose another runtime: --runtime rehearsal`,
    };
  }

  async inspect(): Promise<RuntimeInspection> {
    return inspectCodex(await this.program(), this.deps.env, install);
  }

  launch(request: LaunchRequest): LaunchCommand {
    const [program, ...own] = this.command();
    const git = worktreeGit(request.workspace, request.projectPath);
    const argv = [
      ...own,
      ...(request.resume ? ['resume'] : []),
      ...codexModes[request.mode],
      ...(request.mode === 'auto' && git !== undefined ? commitFlags(git) : []),
      ...quietFlags(),
      ...trustFlags(request, git),
      ...codexTitleFlags,
      ...codexHookFlags(request.hooks.panCommand),
      ...(request.model === null ? [] : ['--model', request.model]),
      ...words(request),
    ];
    return { argv: [program, ...argv], env: this.deps.config.env };
  }

  private command(): [string, ...string[]] {
    const [program = 'codex', ...own] = this.deps.config.command ?? [];
    return [program, ...own];
  }

  /** The command's own flags may name a provider or a profile that needs no login. */
  private async mayBeLoggedIn({ projectPath, workspace }: LaunchPlace): Promise<boolean> {
    const [, ...own] = this.command();
    if (own.some((word) => word.startsWith('-'))) return true;
    return (await isLoggedIn(this.deps.env, [projectPath, workspace])) !== false;
  }

  private program(): Promise<string | undefined> {
    return findProgram(this.command()[0], this.deps.env['PATH']);
  }
}

/**
 * One process each, which ends with its terminal (the shared daemon would give all agents the first one's identity); no
 * question about an update, nor after a limit whether to change the model: Enter would answer it.
 */
function quietFlags(): string[] {
  return [
    '--disable',
    'daemon_auto_start',
    '--config',
    'check_for_update_on_startup=false',
    '--config',
    'notice.hide_rate_limit_model_nudge=true',
  ];
}

/** The project was registered by its user. Codex asks for the main checkout, on behalf of all its worktrees. */
function trustFlags({ projectPath, workspace }: LaunchRequest, git: WorktreeGit | undefined): string[] {
  const main = git === undefined ? workspace : path.dirname(git.common);
  const folders = [...new Set([projectPath, main])];
  const trusted = folders.map((folder) => `${tomlString(folder)}={trust_level="trusted"}`);
  return ['--config', `projects={${trusted.join(',')}}`];
}

/**
 * What a commit writes. The sandbox keeps a worktree's own git folder read-only even inside a writable one, unless it
 * is named itself (0.169.0); hooks and configuration of the repository stay out of reach. A link would lead elsewhere.
 */
function commitFlags({ own, common }: WorktreeGit): string[] {
  const folders = [own, ...['objects', 'refs', 'logs'].map((name) => path.join(common, name))];
  if (folders.some((folder) => lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true)) return [];
  return folders.flatMap((folder) => ['--add-dir', folder]);
}

/** The session to resume, then the prompt; neither is taken for a flag. */
function words({ resume, sessionId, prompt, promptFile }: LaunchRequest): string[] {
  const isLong = prompt !== null && Buffer.byteLength(prompt) > maxArgumentBytes;
  const first = isLong ? `Read your task in the file ${promptFile} and carry it out.` : prompt;
  return ['--', ...(resume ? [sessionId] : []), ...(first === null ? [] : [first])];
}
