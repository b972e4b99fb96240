import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { Edition } from '../../host/installation.ts';
import { openProfile, type Screen, startBrowser } from '../../host/startBrowser.ts';
import { type Server, startServer } from '../../host/startServer.ts';
import { RunnerHome } from '../../support/runnerHome.ts';
import { systemColors } from './systemColors.ts';
import { type Theme, themes, Workbench } from './workbench.ts';

export interface WorkbenchOptions {
  /** Dark unless given. */
  theme?: Theme;
  /** 1280 × 900 unless given. */
  screen?: Screen;
  /** Its theme can be exchanged while something is open: see `systemColors`. */
  hasSystemColors?: boolean;
  /** User settings. */
  settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host, and so the runner. */
  env?: Readonly<Record<string, string>>;
  /** What the window opens: the home's repository unless given; null for an empty window. */
  workspace?: (home: RunnerHome) => string | null;
  /** Before VS Code starts: issues, a script for agents, a project. */
  prepare?: (home: RunnerHome) => Promise<void>;
}

/** What a suite has. */
export interface Stage {
  /** HOME, runner and repository that the extension works with. */
  home: RunnerHome;
  workbench: Workbench;
  server: Server;
  /** Opens another window on the same server; closed with the rest. */
  openWindow(workspace?: string): Promise<Workbench>;
}

/**
 * Gives the suite one VS Code with the packaged extension installed, one window, and a runner's home, for all of its
 * tests; all end with the suite. A test that fails leaves a picture, `.cache/pictures/failure-<title>-<try>-<theme>.png`,
 * and beside it the logs of VS Code and the runner.
 */
export function useWorkbench(options: WorkbenchOptions = {}): () => Stage {
  const { theme = 'dark' } = options;
  const ending: (() => Promise<void>)[] = [];
  let stage: Stage | undefined;

  before(async () => {
    const home = new RunnerHome();
    ending.push(() => home.stop());
    await options.prepare?.(home);
    const server = await startServer({
      edition: edition(),
      settings: {
        'workbench.colorTheme': themes[theme].setting,
        ...(options.hasSystemColors === true && systemColors.settings),
        ...options.settings,
      },
      vsix: [findVsix()],
      env: { ...home.env, ...options.env, HOME: home.userHome, PANOPTICON_HOME: home.home },
    });
    ending.push(() => server.stop());
    const browser = await startBrowser(server.folder);
    ending.push(() => browser.close());
    const profile = await openProfile(browser, options.screen);
    if (options.hasSystemColors === true) await systemColors.install(profile);
    const openWindow = (workspace?: string) => Workbench.open(profile, server, theme, workspace);
    const workspace = options.workspace === undefined ? home.repository.path : options.workspace(home);
    stage = { home, server, openWindow, workbench: await openWindow(workspace ?? undefined) };
  });

  afterEach(async function () {
    // One that is tried again has not failed yet, and what went wrong first is what tells.
    const test = this.currentTest;
    if (test === undefined || test.state === 'passed' || stage === undefined) return;
    const name = `${test.title} ${retriesOf(test)}`.replace(/[^a-z0-9]+/gi, '-').toLowerCase();
    const picture = await stage.workbench.screenshot(`failure-${name}`);
    const logs = picture.replace(/\.png$/, '-logs');
    cpSync(path.join(stage.server.folder, 'data/logs'), logs, { recursive: true });
    if (existsSync(stage.home.paths.logFile)) cpSync(stage.home.paths.logFile, path.join(logs, 'runner.log'));
    process.stderr.write(`      ${picture}\n      ${logs}\n`);
  });

  after(async () => {
    stage = undefined;
    for (const end of ending.splice(0).reverse()) await end();
  });

  return () => {
    if (stage === undefined) throw new Error('useWorkbench: there is a window only while tests run');
    return stage;
  };
}

/** PAN_TEST_EDITION chooses the VS Code of all suites: the newest unless it says `oldest`. */
function edition(): Edition {
  const named = process.env['PAN_TEST_EDITION'] ?? 'newest';
  if (named !== 'newest' && named !== 'oldest') throw new Error(`PAN_TEST_EDITION is newest or oldest, not ${named}`);
  return named;
}

/** How often it was tried again. */
function retriesOf(test: object): number {
  return 'currentRetry' in test && typeof test.currentRetry === 'function' ? Number(test.currentRetry()) : 0;
}

/** PAN_TEST_VSIX, or what .ci/vsix.mjs packed. */
function findVsix(): string {
  const file = path.resolve(process.env['PAN_TEST_VSIX'] ?? '.cache/panopticon.vsix');
  if (!existsSync(file)) throw new Error(`${file} is missing. Type: npm run test:e2e`);
  return file;
}
