import type { BrowserContext, Page } from 'playwright-core';
import { type Theme, themes } from './workbench.ts';

/** The event that tells the page. */
const changed = 'system-colors-changed';

/**
 * A system whose colours can be exchanged at any moment. VS Code follows it without a click or a key, so that nothing
 * that is open closes; a page that really had forced colours would be painted in them.
 */
export const systemColors = {
  /** With these VS Code has the theme that the system prefers. */
  settings: {
    'window.autoDetectColorScheme': true,
    'window.autoDetectHighContrast': true,
    'workbench.preferredDarkColorTheme': themes.dark.setting,
    'workbench.preferredLightColorTheme': themes.light.setting,
    'workbench.preferredHighContrastColorTheme': themes.hc.setting,
  },
  install,
  prefer,
};

/** As text: what a test's own functions become may call helpers that no page has. */
const script = `{
  let answers = ${JSON.stringify(answersOf('dark'))};
  const lists = new Map();
  const real = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    if (!(query in answers)) return real(query);
    const list = lists.get(query) ?? real(query);
    lists.set(query, list);
    return Object.defineProperty(list, 'matches', { get: () => answers[query], configurable: true });
  };
  window.addEventListener('${changed}', ({ detail }) => {
    answers = detail;
    for (const list of lists.values()) list.dispatchEvent(new Event('change'));
  });
}`;

/** For all pages of the profile that are opened from now on; dark at first. */
async function install(profile: BrowserContext): Promise<void> {
  await profile.addInitScript({ content: script });
}

/** Exchanges the colours; the window follows a little later. */
async function prefer(page: Page, theme: Theme): Promise<void> {
  const detail = JSON.stringify(answersOf(theme));
  await page.evaluate(`window.dispatchEvent(new CustomEvent('${changed}', { detail: ${detail} }))`);
}

/** What the system says to these queries. */
function answersOf(theme: Theme): Readonly<Record<string, boolean>> {
  const isLight = theme === 'light';
  return {
    '(prefers-color-scheme: light)': isLight,
    '(prefers-color-scheme: dark)': !isLight,
    '(forced-colors: active)': theme === 'hc',
  };
}
