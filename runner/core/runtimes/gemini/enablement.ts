/** An entry of `~/.gemini/extensions/extension-enablement.json`: the last rule that matches the folder counts. */
export interface Enablement {
  overrides: string[];
}

/** Matches every folder, and disables. */
const nowhere = '!/*';

/**
 * The extension's entry with `folders` and all below them added: it is loaded there only, so that nothing of it shows in
 * the user's own sessions. Undefined when nothing changes.
 */
export function enabledIn(before: Enablement | undefined, folders: readonly string[]): Enablement | undefined {
  const rules = before?.overrides ?? [];
  const known = rules.filter((rule) => rule !== nowhere);
  const added = folders.map((folder) => `${folder.replace(/\/+$/, '')}/*`).filter((rule) => !known.includes(rule));
  const overrides = [nowhere, ...known, ...new Set(added)];
  return overrides.length === rules.length && rules[0] === nowhere ? undefined : { overrides };
}
