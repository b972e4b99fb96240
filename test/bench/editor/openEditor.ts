import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { ensureVscodeHost } from '../../../.ci/vscodeHost.mjs';
import { Workbench } from '../../e2e/support/workbench.ts';
import { openProfile, startBrowser } from '../../host/startBrowser.ts';
import { type Server, startServer } from '../../host/startServer.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import type { BenchHomes } from '../benchHomes.ts';

export interface EditorOptions {
  /** User settings. */
  settings?: Readonly<Record<string, unknown>>;
  /** Size of its windows, in pixels. */
  viewport?: { width: number; height: number };
}

/** The newest VS Code with the extension as it ships, and the probe, over the runner of a home. */
export interface Editor {
  /** Where the probes of its windows listen. */
  readonly probes: string;
  readonly profile: BrowserContext;
  /** Opens the home's repository in another window, which has an extension host of its own. */
  open(): Promise<Workbench>;
  stop(): Promise<void>;
}

export async function openEditor(
  homes: BenchHomes,
  home: RunnerHome,
  { settings = {}, viewport = { width: 1280, height: 900 } }: EditorOptions = {},
): Promise<Editor> {
  if (!(await ensureVscodeHost('newest'))) throw new Error('VS Code is missing.');
  const probes = path.join(home.folder, 'probes');
  const server = await startServer({
    settings: { 'workbench.colorTheme': 'Default Dark Modern', ...settings },
    vsix: homes.extension().vsix,
    env: { ...home.env, HOME: home.userHome, PANOPTICON_HOME: home.home, PAN_BENCH_PROBE: probes },
  });
  const stop = homes.beforeStop(() => server.stop());
  try {
    return await showEditor(server, { homes, home, probes, viewport, stopServer: stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function showEditor(
  server: Server,
  facts: {
    homes: BenchHomes;
    home: RunnerHome;
    probes: string;
    viewport: { width: number; height: number };
    stopServer(): Promise<void>;
  },
): Promise<Editor> {
  const browser = await startBrowser(server.folder);
  const close = facts.homes.beforeStop(() => browser.close());
  const profile = await openProfile(browser);
  return {
    probes: facts.probes,
    profile,
    open: async () => {
      const workbench = await Workbench.open(profile, server, 'dark', facts.home.repository.path);
      await workbench.page.setViewportSize(facts.viewport);
      return workbench;
    },
    stop: async () => {
      await close();
      await facts.stopServer();
    },
  };
}
