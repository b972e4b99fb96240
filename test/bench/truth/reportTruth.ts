import { median } from '../interleave.ts';
import type { Lag } from './timeline.ts';
import type { ToolStage } from './toolStage.ts';
import type { TruthLog } from './truthLog.ts';

type Say = (line: string) => void;

/** Lines of evidence that are shown of each wrong status, the newest first. */
const shownEvidence = 8;
const shownLines = 40;

/** Says of each status that was wrong what the runner knew at that moment. */
export function reportMisjudgements(tool: string, { misjudged }: TruthLog, say: Say): void {
  for (const { change, explanation } of misjudged) {
    const at = new Date(change.atMs).toISOString();
    const { agent, evidence } = explanation;
    say(`${tool}: ${agent.status} (${agent.reason}), but ${change.right.join(' or ')} since ${at} (${change.what})`);
    for (const line of evidence.slice(0, shownEvidence)) say(`    ${line.at} ${line.source}: ${line.text}`);
  }
}

/** Says what the runner knows and what the terminal shows when a scene could not be played. */
export async function reportFailure({ tool, truth, issueId, runner }: ToolStage, say: Say): Promise<void> {
  const { agents } = await runner();
  const { agent, evidence } = await agents.why({ id: issueId });
  say(`${tool.name}: ${agent.status} (${agent.reason}) after ${truth.changes.at(-1)?.what ?? 'its start'}`);
  for (const line of evidence.slice(0, shownEvidence)) say(`    ${line.at} ${line.source}: ${line.text}`);
  say((await agents.log({ id: issueId, lines: shownLines })).text);
}

/** Says how late each kind of change was known. */
export function reportLags(tool: string, lags: readonly Lag[], say: Say): void {
  for (const what of new Set(lags.map((lag) => lag.what))) {
    const same = lags.filter((lag) => lag.what === what);
    const ms = same.map((lag) => lag.ms);
    const never = same.filter((lag) => !lag.everRight).length;
    const missed = never === 0 ? '' : `, never right ${never} of ${same.length} times`;
    say(`${tool}: ${what}: median ${median(ms).toFixed(0)} ms, longest ${Math.max(...ms).toFixed(0)} ms${missed}`);
  }
}
