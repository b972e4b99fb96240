import { access } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../protocol/errors.ts';
import { readRegular } from '../../files/readRegular.ts';
import { fieldsOf } from '../../text/fields.ts';
import { geminiFolder } from './geminiFolder.ts';
import { readJsonFile, writeJsonFile } from './jsonFile.ts';

type Env = Readonly<Record<string, string>>;

export const notSignedIn = {
  message: 'Gemini CLI was never told how to sign in, and would stop at that question.',
  hint: 'Type gemini in a terminal and sign in once, or set GEMINI_API_KEY.',
};

/** People link to settings that they keep elsewhere; those of a workspace are anybody's. */
const settingsLimits = { maxBytes: 16 * 1024 * 1024, followsLinks: true };

/** How the tool signs in, as its settings say; without one it asks in a dialog, and no variable answers that. */
async function signInTypeOf(env: Env, folders: readonly string[]): Promise<string | undefined> {
  const files = [
    env['GEMINI_CLI_SYSTEM_SETTINGS_PATH'] ?? '/etc/gemini-cli/settings.json',
    ...folders.map((folder) => path.join(folder, '.gemini', 'settings.json')),
    settingsFile(env),
  ];
  for (const file of files) {
    const type = typeIn(await readRegular(file, settingsLimits).catch(() => ''));
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Where a key is given as a variable and nothing else was ever chosen, chooses the key.
 *
 * @throws UserError when the tool would certainly stop at its sign-in dialog.
 */
export async function ensureSignInType(env: Env, workspace: string): Promise<void> {
  if ((await signInTypeOf(env, [workspace])) !== undefined || signsInBySurroundings(env)) return;
  if (!hasValue(env, 'GEMINI_API_KEY')) throw new UserError({ code: 'runtimeNotReady', ...notSignedIn });
  const file = await readJsonFile(settingsFile(env));
  const security = fieldsOf(file.value['security']);
  const auth = { ...fieldsOf(security['auth']), selectedType: 'gemini-api-key' };
  await writeJsonFile(file, { ...file.value, security: { ...security, auth } });
}

/** Null where only the tool itself can know: keychains, `.env` files. `folders` may hold settings of their own. */
export async function isSignedIn(env: Env, folders: readonly string[] = []): Promise<boolean | null> {
  const type = await signInTypeOf(env, folders);
  if (type === undefined) return hasValue(env, 'GEMINI_API_KEY') || signsInBySurroundings(env);
  const isKnown =
    type === 'gemini-api-key' ? hasValue(env, 'GEMINI_API_KEY') : type === 'oauth-personal' && (await hasOauth(env));
  return isKnown ? true : null;
}

function settingsFile(env: Env): string {
  return path.join(geminiFolder(env), 'settings.json');
}

/** Settings may hold comments, so that the text is searched. */
function typeIn(settings: string): string | undefined {
  return /"(?:selectedType|enforcedType)"\s*:\s*"([^"]+)"/.exec(settings)?.[1];
}

/** On machines of Google's cloud the tool takes what the machine has. */
function signsInBySurroundings(env: Env): boolean {
  return env['CLOUD_SHELL'] === 'true' || env['GEMINI_CLI_USE_COMPUTE_ADC'] === 'true';
}

function hasValue(env: Env, name: string): boolean {
  return (env[name] ?? '') !== '';
}

async function hasOauth(env: Env): Promise<boolean> {
  return access(path.join(geminiFolder(env), 'oauth_creds.json')).then(
    () => true,
    () => false,
  );
}
