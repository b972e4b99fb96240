import type { Browser, Page } from 'playwright-core';
import type { Edition } from './installation.ts';
import { openProfile, startBrowser } from './startBrowser.ts';
import { startServer } from './startServer.ts';

export interface HostRun {
  edition: Edition;
  extensionDevelopmentPath: string;
  extensionTestsPath: string;
  workspace: string | undefined;
  /** Over the scrubbed environment of this process. */
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** Gets what the extension host writes to its console. */
  write: (level: string, values: readonly unknown[]) => void;
}

/** Lines of the workbench itself, which come the same way as those of the extension host. */
const noise =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|Ignoring fetching|Updating additional builtin|\[Service Worker\]|\[AgentHost|\[AccountPolicyGate\]|Started local extension host|Persisted|Skipping|ChatSessionStore|SettingsEditor2|The web worker extension host)/;

/**
 * Runs tests in the extension host of a VS Code without a display, as `code --extensionTestsPath` does on a desktop.
 *
 * @returns its exit code: 1 when the tests' `run` rejects
 */
export async function runInHost(run: HostRun): Promise<number> {
  const server = await startServer({ edition: run.edition, env: run.env, isDevelopment: true });
  let browser: Browser | undefined;
  try {
    browser = await startBrowser(server.folder);
    const page = await (await openProfile(browser)).newPage();
    const url = server.url(run.workspace, [
      ['extensionDevelopmentPath', server.remote(run.extensionDevelopmentPath)],
      ['extensionTestsPath', server.remote(run.extensionTestsPath)],
    ]);
    return await exitCode(page, url, run);
  } catch (cause) {
    throw new Error(`The tests cannot be run in VS Code. ${server.log()}`, { cause });
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** The workbench calls two functions of its page: with what goes to the console, and with the exit code. */
function exitCode(page: Page, url: string, { timeoutMs, write }: HostRun): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The tests did not end within ${timeoutMs / 1000} s.`)), timeoutMs);
    let hasEnded = false;
    const end = (code: number) => {
      hasEnded = true;
      clearTimeout(timer);
      resolve(code);
    };
    const log = (level: string, values: unknown[]) => {
      // Whatever the workbench was busy with then ends with the extension host, and it says so.
      if (!hasEnded && !noise.test(String(values[0]))) write(level, values);
    };
    Promise.all([page.exposeFunction('codeAutomationLog', log), page.exposeFunction('codeAutomationExit', end)])
      .then(() => page.goto(url))
      .catch(reject);
  });
}
