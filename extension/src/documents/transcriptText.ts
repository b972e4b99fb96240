import type { TranscriptEntry } from '../../../runner/protocol/models.ts';

const who: Readonly<Record<TranscriptEntry['kind'], string>> = {
  user: 'you',
  agent: 'agent',
  tool: '>',
  result: '<',
  note: 'note',
};
const whoColumns = Math.max(...Object.values(who).map(({ length }) => length)) + 1;

/** A conversation as plain text, an entry a paragraph: local time, who, and the whole text beside them. */
export function transcriptText(entries: readonly TranscriptEntry[]): string {
  return entries.map((entry) => `${paragraph(entry)}\n`).join('');
}

function paragraph({ at, kind, title, text, failed, aside }: TranscriptEntry): string {
  const lead = `${timeOf(at)} ${aside ? '  ' : ''}${who[kind].padEnd(whoColumns)}`;
  const words = [...(kind === 'tool' ? [title] : []), ...(failed ? ['failed'] : [])].join(' ');
  const body = text.trimEnd();
  const shown = words === '' ? body : body.includes('\n') ? `${words}\n${body}` : `${words} ${body}`;
  return `${lead}${shown}`.trimEnd().replaceAll('\n', `\n${' '.repeat(lead.length)}`);
}

function timeOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '--:--';
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
