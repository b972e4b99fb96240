import { access, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readRegular } from '../../files/readRegular.ts';
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

const packageSchema = v.object({ name: v.pipe(v.string(), v.startsWith('@openai/codex')), version: v.string() });

/** From the npm package that it belongs to: its wrapper lies one folder below it, its binary four. */
async function versionOf(program: string): Promise<string | null> {
  const real = await realpath(program).catch(() => program);
  for (const above of ['..', '../../../..']) {
    const file = path.resolve(path.dirname(real), above, 'package.json');
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), packageSchema), text);
    if (found.success) return found.output.version.replace(/-(?:linux|darwin|win32)-\w+$/, '');
  }
  return null;
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
