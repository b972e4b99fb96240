import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DoctorCheck, DoctorReport } from '../../protocol/models.ts';
import type { Config } from '../config/config.ts';
import { ConfigFault } from '../config/parseConfig.ts';
import { ExecFailure } from '../exec.ts';
import { errnoOf } from '../files/fileFailure.ts';
import type { RunnerPaths } from '../paths.ts';
import { findProgram } from '../platform/findProgram.ts';
import { installHint } from '../platform/installHint.ts';
import type { Exec } from '../ports.ts';
import { oneLine } from '../text/sanitize.ts';
import { checkTools, type DoctorTool } from './checkTools.ts';
import { compareVersions } from './compareVersions.ts';

export interface DoctorDeps {
  exec: Exec;
  env: Readonly<Record<string, string>>;
  paths: RunnerPaths;
  config: { read(): Promise<Config> };
  /** The AI tools that Panopticon knows, as configured; rejects when the configuration cannot be read. */
  tools(): Promise<readonly DoctorTool[]>;
  userHome: string;
  nodeVersion: string;
  platform: NodeJS.Platform;
}

/** The oldest versions that work: git's `merge-tree --write-tree` came with 2.38, tmux's `refresh-client -B` with 3.2. */
const oldest = { git: '2.38', tmux: '3.2', node: '20.19' } as const;

/** Looks at everything the runner needs. Works without a daemon and changes nothing. */
export async function runDoctor(deps: DoctorDeps): Promise<DoctorReport> {
  // A configuration that cannot be read is told by its own check.
  const config = await deps.config.read().catch(() => undefined);
  const tools = await deps.tools().catch(() => []);
  const checks = await Promise.all([
    checkNode(deps),
    checkTool(deps, 'git', ['--version'], oldest.git, 'worktrees, branches and rescues'),
    checkTool(deps, 'tmux', ['-V'], oldest.tmux, 'keeps agents alive when windows close'),
    checkHome(deps),
    checkSecretsFile(deps),
    checkConfig(deps, tools),
    checkRehearsal(),
    ...(await checkTools(tools, config?.defaults.runtime ?? null)),
    ...(await checkCommands(config, tools, deps.env)),
  ]);
  return { ok: checks.every((check) => check.status !== 'missing'), checks };
}

function checkNode({ nodeVersion }: DoctorDeps): Promise<DoctorCheck> {
  const good = compareVersions(nodeVersion, oldest.node) >= 0;
  return Promise.resolve({
    name: 'node',
    status: good ? 'ok' : 'missing',
    version: nodeVersion,
    why: `runs the runner (${oldest.node} or newer)`,
    fix: good ? null : `Install Node ${oldest.node} or newer: https://nodejs.org`,
  });
}

async function checkTool(
  deps: DoctorDeps,
  name: 'git' | 'tmux',
  args: string[],
  minimum: string,
  purpose: string,
): Promise<DoctorCheck> {
  const why = `${purpose} (${minimum} or newer)`;
  const fix = installHint(name, deps.platform, existsSync) ?? `Install ${name} ${minimum} or newer`;
  try {
    const { stdout } = await deps.exec(name, args, { timeoutMs: 5_000 });
    const version = /\d+\.\d+[\w.]*/.exec(stdout)?.[0] ?? null;
    const good = version !== null && compareVersions(version, minimum) >= 0;
    return { name, status: good ? 'ok' : 'missing', version, why, fix: good ? null : fix };
  } catch (error) {
    if (error instanceof ExecFailure) return { name, status: 'missing', version: null, why, fix };
    throw error;
  }
}

/** The folder, or where it is missing the nearest one above it that is there. */
async function checkHome({ paths }: DoctorDeps): Promise<DoctorCheck> {
  const why = `keeps what the runner knows: ${paths.home}`;
  for (let folder = paths.home; ; folder = path.dirname(folder)) {
    try {
      if (!(await stat(folder)).isDirectory()) {
        const fix = `Move ${folder} away, or set PANOPTICON_HOME to a folder`;
        return { name: 'home', status: 'missing', version: 'no folder', why, fix };
      }
      await access(folder, constants.W_OK);
      return { name: 'home', status: 'ok', version: 'writable', why, fix: null };
    } catch (error) {
      // ENOTDIR: something above it is a file, and will be met.
      const code = errnoOf(error);
      if ((code === 'ENOENT' || code === 'ENOTDIR') && folder !== path.dirname(folder)) continue;
      const fix = `Make ${folder} writable, or set PANOPTICON_HOME to a folder that is`;
      return { name: 'home', status: 'missing', version: 'not writable', why, fix };
    }
  }
}

async function checkSecretsFile({ userHome }: DoctorDeps): Promise<DoctorCheck> {
  const file = path.join(userHome, '.panopticon.env');
  const why = 'holds API keys of trackers, for you alone';
  try {
    const isPrivate = ((await stat(file)).mode & 0o077) === 0;
    return {
      name: 'secrets',
      status: isPrivate ? 'ok' : 'warning',
      version: isPrivate ? 'private' : 'open to others',
      why,
      fix: isPrivate ? null : `chmod 600 '${file}'`,
    };
  } catch {
    // It is only needed for trackers on the internet.
    return { name: 'secrets', status: 'optional', version: null, why, fix: null };
  }
}

async function checkConfig({ config, paths }: DoctorDeps, tools: readonly DoctorTool[]): Promise<DoctorCheck> {
  const check = { name: 'config', why: 'your defaults and runtimes' };
  try {
    const { warnings, defaults, projects, runtimes } = await config.read();
    const version = existsSync(paths.configFile) ? 'readable' : 'none';
    const named = [
      { key: 'defaults', runtime: defaults.runtime },
      ...[...projects].map(([project, { runtime }]) => ({ key: `projects.${project}`, runtime })),
    ];
    const isKnown = (runtime: string): boolean =>
      tools.some(({ name }) => name === runtime) || isRuntime(runtime, runtimes);
    const wrong = named.find(({ runtime }) => runtime !== null && !isKnown(runtime));
    if (wrong !== undefined) {
      const unknown = wrong.runtime;
      const fix = `${wrong.key}.runtime: there is no runtime ${unknown}; describe it under [runtimes.${unknown}] or name another`;
      return { ...check, status: 'missing', version, fix };
    }
    const [first] = warnings;
    return { ...check, status: first === undefined ? 'ok' : 'warning', version, fix: first ?? null };
  } catch (error) {
    // The home is no folder, which is told once, by its own check.
    if (causeOf(error) === 'ENOTDIR') return { ...check, status: 'ok', version: 'none', fix: null };
    const fix = `Correct ${paths.configFile}: ${faultIn(error)}`;
    return { ...check, status: 'missing', version: 'broken', fix };
  }
}

function isRuntime(name: string, described: Config['runtimes']): boolean {
  return name === 'rehearsal' || (described.get(name)?.command ?? null) !== null;
}

function checkRehearsal(): Promise<DoctorCheck> {
  const why = 'runtime for trying things out; no model runs';
  return Promise.resolve({ name: 'rehearsal', status: 'ok', version: 'shipped', why, fix: null });
}

/** The runtimes that config.toml describes by a command of their own. */
async function checkCommands(
  config: Config | undefined,
  tools: readonly DoctorTool[],
  env: DoctorDeps['env'],
): Promise<DoctorCheck[]> {
  const checks: DoctorCheck[] = [];
  for (const [name, entry] of config?.runtimes ?? []) {
    const program = entry.command?.[0];
    if (program === undefined || tools.some((tool) => tool.name === name)) continue;
    const there = (await findProgram(program, entry.env['PATH'] ?? env['PATH'])) !== undefined;
    checks.push({
      name,
      status: there ? 'ok' : 'warning',
      version: there ? 'installed' : null,
      why: `runtime of config.toml (${program})`,
      fix: there ? null : `Install ${program}, or correct [runtimes.${name}] in config.toml`,
    });
  }
  return checks;
}

/** The line and the reason alone: the sentence around them names the file once more. */
function faultIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof ConfigFault) return oneLine(error.cause.message, 300);
  const code = causeOf(error);
  return code === undefined ? error.message : `it cannot be read (${code})`;
}

function causeOf(error: unknown): string | undefined {
  return error instanceof Error ? errnoOf(error.cause) : undefined;
}
