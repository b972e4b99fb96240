import { access } from 'node:fs/promises';
import path from 'node:path';
import { readRegular } from '../../files/readRegular.ts';
import { npmVersionOf } from '../npmVersionOf.ts';
import type { RuntimeInspection } from '../runtime.ts';
import { codexHome } from './codexTranscript.ts';

/** What can be known of an installed Codex without running it. */
export async function inspectCodex(
  program: string | undefined,
  env: Readonly<Record<string, string>>,
  install: string,
): Promise<RuntimeInspection> {
  if (program === undefined) return { installed: false, version: null, loggedIn: null, fix: install };
  const [version, loggedIn] = await Promise.all([versionOf(program), isLoggedIn(env)]);
  return { installed: true, version, loggedIn, fix: loggedIn === false ? 'codex login' : null };
}

/** A platform's package has the platform behind its version. */
async function versionOf(program: string): Promise<string | null> {
  const version = await npmVersionOf(program, '@openai/codex');
  return version?.replace(/-(?:linux|darwin|win32)-\w+$/, '') ?? null;
}

/** Keys that some set-ups of Codex take from a variable. */
const keyVariables = ['OPENAI_API_KEY', 'CODEX_API_KEY', 'CODEX_ACCESS_TOKEN'];
const configLimits = { maxBytes: 16 * 1024 * 1024, followsLinks: true };

/** Null where a key, another provider or a keyring may be what is needed; `folders` may hold settings of their own. */
export async function isLoggedIn(
  env: Readonly<Record<string, string>>,
  folders: readonly string[] = [],
): Promise<boolean | null> {
  const home = codexHome(env);
  const hasLogin = await access(path.join(home, 'auth.json')).then(
    () => true,
    () => false,
  );
  if (hasLogin) return true;
  if (keyVariables.some((name) => (env[name] ?? '') !== '')) return null;
  const places = [home, '/etc/codex', ...folders.map((folder) => path.join(folder, '.codex'))];
  for (const place of places) {
    const config = await readRegular(path.join(place, 'config.toml'), configLimits).catch(() => '');
    if (/^\s*(?:model_provider|cli_auth_credentials_store|profile)\s*=/m.test(config)) return null;
  }
  return false;
}
