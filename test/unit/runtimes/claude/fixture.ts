import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'fixtures');

/** What Claude Code 2.1.330 showed, as `tmux capture-pane -p` printed it, with neutral paths. */
export function recordedScreen(name: string): string {
  return readFileSync(path.join(folder, 'screens', `${name}.txt`), 'utf8');
}

export function recordedScreens(): string[] {
  return readdirSync(path.join(folder, 'screens')).map((file) => path.basename(file, '.txt'));
}

/** What it wrote into its transcripts. */
export function recordedLines(name: string): unknown[] {
  const text = readFileSync(path.join(folder, `${name}.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
