/** The whole text, or followed by its keys as VS Code writes them: `Go Back (Alt+Left)`. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s\\([^()]+\\))?\\s*$`);
}
