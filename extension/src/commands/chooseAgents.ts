import { UserError } from '../../../runner/protocol/errors.ts';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { App } from '../app.ts';
import { agentRows } from './agentRows.ts';
import { type Meant, meantBy, ofElements } from './meant.ts';
import { pick, type RowButton } from './pick.ts';
import { type Act, actButton } from './rowActs.ts';

export interface AgentQuestion {
  /** `Tell which agent?` */
  title: string;
  /** Whom the picker lists; unless given, everybody. */
  fits?: (agent: Agent) => boolean;
  /** What is said when nobody fits: `No agent is running.` */
  nobody: string;
  /** The likeliest other acts, for whoever came to the wrong picker. */
  acts: readonly Act[];
}

/** The agents that are meant; where nothing says it, the one that the person chooses. Empty when they choose none. */
export async function meantAgents(app: App, given: readonly unknown[], question: AgentQuestion): Promise<Agent[]> {
  const meant = rowsMeant(app, given);
  if (meant.issueIds.length > 0) return existing(app, meant);
  const chosen = await chooseAgent(app, question);
  return chosen === undefined ? [] : [chosen];
}

/** The same for commands that act on one. */
export async function meantAgent(
  app: App,
  given: readonly unknown[],
  question: AgentQuestion,
): Promise<Agent | undefined> {
  const [first] = await meantAgents(app, given, question);
  return first;
}

/** What was given; of a key the selected rows of its view. */
export function rowsMeant(app: App, given: readonly unknown[]): Meant {
  const meant = meantBy(given);
  return meant.view === undefined ? meant : ofElements(app.views.selected(meant.view));
}

async function existing(app: App, { issueIds }: Meant): Promise<Agent[]> {
  const runner = await app.runner.get();
  const agents = await runner.agents.list({ ids: issueIds.map(agentIdOf) });
  const inOrder = issueIds.map((issueId) => agents.find((agent) => agent.issueId === issueId));
  const found = inOrder.filter((agent) => agent !== undefined);
  const [only] = issueIds;
  if (found.length === 0 && only !== undefined) throw noAgent(only);
  return found;
}

async function chooseAgent(app: App, { title, fits, nobody, acts }: AgentQuestion): Promise<Agent | undefined> {
  const agents = app.fleet.all().filter((agent) => fits?.(agent) ?? true);
  if (agents.length === 0) throw new UserError({ code: 'nothingToDo', message: nobody });
  const likeliest = app.views.likeliestAgent();
  const buttons = (agent: Agent): RowButton[] => acts.map((act) => actButton(act, { agentId: agent.id }));
  const rows = agentRows(agents, Date.now()).map((row) =>
    'heading' in row ? row : { ...row, buttons: buttons(row.value) },
  );
  return pick({ title, placeholder: 'Type to find an agent', rows, active: ({ id }) => id === likeliest });
}

function noAgent(issueId: string): UserError {
  return new UserError({
    code: 'noAgent',
    message: `${issueId} has no agent.`,
    hint: `Start one: pan work issue ${issueId}`,
  });
}
