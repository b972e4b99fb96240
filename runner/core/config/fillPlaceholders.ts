/** What `{name}` in a command of config.toml may stand for. */
export const placeholders = ['prompt', 'promptFile', 'workspace', 'issueId', 'sessionId'] as const;
type Placeholder = (typeof placeholders)[number];

const pattern = /\{([A-Za-z]\w*)\}/g;

/**
 * One word of a command with its placeholders replaced. A word stays one word whatever the values hold, and values are
 * not looked at again: a prompt that says `{workspace}` arrives as it is.
 */
export function fillPlaceholders(word: string, values: Readonly<Record<Placeholder, string>>): string {
  return word.replace(pattern, (whole, name: string) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    return known === undefined ? whole : values[known];
  });
}

export function holdsPlaceholder(word: string): boolean {
  return placeholders.some((placeholder) => word.includes(`{${placeholder}}`));
}

/** Names in braces that stand for nothing. Braces around other text (`{"a": 1}`, `{}`) are left alone. */
export function unknownPlaceholders(word: string): string[] {
  const names = [...word.matchAll(pattern)].map((match) => match[1] ?? '');
  return names.filter((name) => !placeholders.some((placeholder) => placeholder === name));
}
