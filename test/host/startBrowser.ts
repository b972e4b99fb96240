import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { programsOf } from '../../.ci/setupPlan.mjs';
import { scrubEnvironment } from '../../runner/core/environment.ts';

/** Debian's Chromium, headless. Its sandbox does not work as root; the pages are our own. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Whoever starts it closes it: it takes no signals by itself, so that servers can be ended, too.
 *
 * @param home a folder for what Chromium keeps outside of its profile
 */
export function startBrowser(home: string): Promise<Browser> {
  const env = { ...scrubEnvironment(process.env), HOME: home };
  return chromium.launch({
    executablePath: findChromium(),
    args,
    env,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Of a window, in CSS pixels; `scale` is how many pixels of a picture are one of them. */
export interface Screen {
  width: number;
  height: number;
  scale: number;
}

const ordinaryScreen: Screen = { width: 1280, height: 900, scale: 1 };

/** A profile of its own, whose pages are windows of one person's VS Code. */
export function openProfile(browser: Browser, screen: Screen = ordinaryScreen): Promise<BrowserContext> {
  const { width, height, scale } = screen;
  return browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => (programsOf['chromium'] ?? []).map((name) => path.join(folder, name)));
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new Error('There is no Chromium. Type: node .ci/vscodeHost.mjs');
  return found;
}
