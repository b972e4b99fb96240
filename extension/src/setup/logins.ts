/** What a person types into a terminal to log in to a tool. Each asks there, in its own words. */
export const logins: Readonly<Record<string, string>> = {
  claude: 'claude /login',
  codex: 'codex login',
  gemini: 'gemini',
};
