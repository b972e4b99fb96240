import type { Explanation } from '../../protocol/models.ts';
import { toolOf } from './agentTable.ts';
import { cutText } from './cutText.ts';
import { shortAge, timeOfDay } from './duration.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainLine, plainText } from './plainText.ts';
import { markOf, symbolOf } from './statusMark.ts';

/** From here on there is room for the age of each line. */
const roomyWidth = 100;

/** `pan work why`: the status, the evidence for it newest first, what was ruled out, what to type next. */
export function explanationPage(
  { agent, evidence, ruledOut, next }: Explanation,
  look: Look,
  maxEvidence = Number.POSITIVE_INFINITY,
): string {
  const earlier = evidence.length - maxEvidence;
  const style = markOf(agent.status).style;
  const since = timeOfDay(agent.since, 'minutes');
  const tail = `since ${since} (${plainLine(toolOf(agent))})`;
  const mark = paint(symbolOf(agent.status, look), style, look);
  const fixed = [agent.issueId, 'is', agent.status, tail].join(' ').length + 3;
  const title = cutText(plainLine(agent.title), Math.max(look.width - fixed, 8), look);
  return [
    [mark, agent.issueId, ...(title === '' ? [] : [title]), 'is', paint(agent.status, style, look), tail].join(' '),
    ...evidence.slice(0, maxEvidence).flatMap((line) => evidenceLines(line, look)),
    ...(earlier > 0
      ? [paint(`${earlier} earlier: pan work why ${agent.issueId} -n ${evidence.length}`, 'dim', look)]
      : []),
    ...(ruledOut.length === 0 ? [] : [`ruled out: ${ruledOut.map(plainLine).join(', ')}`]),
    ...(next === null ? [] : [`next: ${plainLine(next)}`]),
  ].join('\n');
}

function evidenceLines(line: Explanation['evidence'][number], look: Look): string[] {
  const age = look.width >= roomyWidth ? ` ${shortAge(line.at, look.now).padStart(3)}` : '';
  const lead = `${timeOfDay(line.at, 'seconds')}${age} ${line.source.padEnd('transcript'.length)} `;
  const [first = '', ...further] = plainText(line.text).split('\n');
  return [
    withSource(lead + first, line.from, look),
    ...further.map((text) => cutText(' '.repeat(lead.length) + text, look.width, look)),
  ];
}

/** Where it can be looked up stands at the right edge, where there is room for it. */
function withSource(text: string, from: string | undefined, look: Look): string {
  if (from === undefined || look.width < roomyWidth || look.width === Number.POSITIVE_INFINITY)
    return cutText(text, look.width, look);
  const source = plainLine(from);
  const gap = look.width - look.measure(text) - look.measure(source);
  return gap < 2 ? cutText(text, look.width, look) : `${text}${' '.repeat(gap)}${paint(source, 'dim', look)}`;
}
