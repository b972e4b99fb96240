import axe from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';

/** Says of a view what is wrong with it. */
export const checkFrame = { violations, watch };

/** What axe finds in the view, a line each. */
async function violations(view: FrameLocator): Promise<string[]> {
  const element = await view.owner().elementHandle();
  const frame = await element?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('The view has no frame.');
  await frame.evaluate(axe.source);
  const found: unknown = await frame.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.slice(0, 5).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' ')))`,
  );
  return Array.isArray(found) ? found.map(String) : [];
}

/** Collects from now on what views write as errors: broken scripts, and what the policy of their page refused. */
function watch(page: Page): () => string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    const isOurs = url.includes('/dist/webview/') || message.text().includes('Content Security Policy');
    if (message.type() === 'error' && isOurs) errors.push(`${url}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    if ((error.stack ?? '').includes('/dist/webview/')) errors.push(error.stack ?? error.message);
  });
  return () => errors;
}
