import path from 'node:path';

/**
 * The absolute path of PANOPTICON_HOME: what the settings say, else the environment, else `~/.panopticon`. A leading `~`
 * of the setting is the user's home, as in a shell.
 */
export function homeFolder(
  setting: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  userHome: string,
): string {
  const chosen = setting === undefined ? env['PANOPTICON_HOME'] : setting.replace(/^~(?=\/|$)/, userHome);
  return path.resolve(userHome, chosen !== undefined && chosen !== '' ? chosen : '.panopticon');
}
