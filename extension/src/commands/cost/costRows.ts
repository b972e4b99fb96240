import type { CostLine, CostReport } from '../../../../runner/protocol/cost.ts';
import type { AgentId } from '../../../../runner/protocol/issueId.ts';
import type { Heading, Row } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** What was used: all together, then by agent, day and model. The value is the agent to open, if the line is one's. */
export function costRows({ total, byAgent, byDay, byModel }: CostReport): (Row<AgentId | undefined> | Heading)[] {
  const line = (icon: string, name: string, cost: CostLine, agentId?: AgentId): Row<AgentId | undefined> => ({
    value: agentId,
    icon,
    label: plainLabel(name),
    description: amountText(cost),
  });
  return [
    line('credit-card', 'All', total),
    { heading: 'By agent' },
    ...byAgent.map((cost) => line('eye', `${cost.issueId} ${cost.title}`, cost, cost.agentId)),
    { heading: 'By day' },
    ...byDay.map((cost) => line('calendar', cost.day, cost)),
    { heading: 'By model' },
    ...byModel.map((cost) => line('hubot', cost.model, cost)),
  ];
}

/** Tokens first, dollars where they are known: `2.1M tokens · $11.40`. */
export function amountText({ totalTokens, dollars }: CostLine): string {
  const tokens = `${shortTokens(totalTokens)} tokens`;
  if (dollars === null) return tokens;
  return `${tokens} · ${dollars > 0 && dollars < 0.01 ? '<$0.01' : `$${dollars.toFixed(2)}`}`;
}

function shortTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 999_500) return `${Math.round(tokens / 1_000)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}
