/** One row of a tree, as plain data: what `toTreeItem` makes a `vscode.TreeItem` of. */
export interface Row {
  label: string;
  description: string;
  icon: RowIcon | undefined;
  /** `agent.waiting.permission+brief+live`: what menus match. */
  contextValue: string;
  /** What a screen reader says. */
  spoken: string;
}

/** A codicon and, where it means something, a theme colour. */
export interface RowIcon {
  id: string;
  color?: string;
}

/** Joins what is there with a middle dot. */
export function dotted(...parts: (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/** Joins what is there with commas, as a screen reader reads them. */
export function listed(...parts: (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

/** `1 file`, `6 files`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1,204`, whatever the language of the machine: all of our words are English. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
