import path from 'node:path';

/** Where Gemini CLI keeps its settings, extensions and conversations: GEMINI_CLI_HOME stands for the home folder. */
export function geminiFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env['GEMINI_CLI_HOME'];
  return path.join(chosen !== undefined && chosen !== '' ? chosen : (env['HOME'] ?? ''), '.gemini');
}
