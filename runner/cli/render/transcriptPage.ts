import type { TranscriptEntry } from '../../protocol/models.ts';
import { seconds, timeOfDay } from './duration.ts';
import type { Look } from './look.ts';
import { paint, type Style } from './paint.ts';
import { plainLine, plainText } from './plainText.ts';
import { wrapText } from './wrapText.ts';

/** More of what a tool printed is seldom what is looked for. */
const mostResultLines = 8;
const whoColumns = 6;
/** Less room would break every word. */
const leastColumns = 20;

/**
 * A conversation, an entry a paragraph. `running` holds when the tools began that have not ended, oldest first; whoever
 * prints page after page passes the same array on.
 */
export function transcriptPage(entries: readonly TranscriptEntry[], look: Look, running: string[] = []): string {
  return entries.map((entry) => paragraph(entry, look, running)).join('\n');
}

function paragraph(entry: TranscriptEntry, look: Look, running: string[]): string {
  const text = plainText(entry.text).trimEnd();
  switch (entry.kind) {
    case 'user':
      return block(entry, 'you', 'bold', text, look);
    case 'agent':
      return block(entry, 'agent', 'blue', text, look);
    case 'note':
      return block(entry, 'note', 'dim', text, look);
    case 'tool':
      running.push(entry.at);
      return block(entry, '>', 'cyan', [plainLine(entry.title), plainLine(text)].join(' ').trimEnd(), look);
    case 'result':
      return result(entry, text, running.shift(), look);
  }
}

function result(entry: TranscriptEntry, text: string, startedAt: string | undefined, look: Look): string {
  const tookMs = startedAt === undefined ? Number.NaN : Date.parse(entry.at) - Date.parse(startedAt);
  // Some tools write both down at once, when it has ended.
  const took = tookMs > 0 ? [seconds(tookMs)] : [];
  const outcome = [...(entry.failed ? ['failed'] : []), ...took].join(', ') || 'done';
  const lines = text === '' ? [] : text.split('\n');
  const left = lines.length - mostResultLines;
  const shown = left > 1 ? [...lines.slice(0, mostResultLines), `(${left} more lines)`] : lines;
  return block(entry, '<', entry.failed ? 'red' : 'dim', [outcome, ...shown].join('\n'), look);
}

/** Time and who, and the text beside them. What a subagent says stands further in. */
function block(entry: TranscriptEntry, who: string, style: Style, text: string, look: Look): string {
  const aside = entry.aside ? '  ' : '';
  const lead = `${timeOfDay(entry.at, 'minutes')} ${aside}`;
  const indent = lead.length + whoColumns;
  const lines = wrapText(text, Math.max(look.width - indent, leastColumns), look);
  const [first = '', ...rest] = lines;
  const head = `${paint(lead.trimEnd(), 'dim', look)}${' '.repeat(aside.length + 1)}${paint(who, style, look)}`;
  return [
    `${head}${' '.repeat(whoColumns - who.length)}${first}`.trimEnd(),
    ...rest.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)),
  ].join('\n');
}
