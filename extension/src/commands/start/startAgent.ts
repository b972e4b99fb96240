import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import type { Agent, IssueDetails } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { concerning } from '../concerning.ts';
import { lateProgress } from '../lateProgress.ts';
import { flash } from '../notify.ts';
import { type ChosenStart, rememberStart } from './chooseStart.ts';

/** Starts the agent of an issue and shows it, as the person set. */
export async function startAgent(app: App, issue: IssueDetails, start: ChosenStart): Promise<void> {
  const agent = await concerning({ issueId: issue.id, agentId: agentIdOf(issue.id) }, async () => {
    const runner = await app.runner.get();
    const canceling = new AbortController();
    return app.views.withProgress('agents', () =>
      lateProgress(
        `Starting ${issue.id}`,
        (onPhase) => runner.agents.start({ id: issue.id, ...start }, onPhase, canceling.signal),
        canceling,
      ),
    );
  });
  flash(`${agent.issueId} started (${agent.runtime})`);
  await rememberStart(app, issue.project, start);
  await app.fleet.refresh([agent.id]);
  await show(app, agent);
}

async function show(app: App, agent: Agent): Promise<void> {
  await app.views.revealAgent(agent.id, { focus: false });
  const shows = app.settings.startShows();
  if (shows === 'panel') await app.panels.openAgent(agent.id, { preserveFocus: true });
  if (shows === 'terminal') await app.terminals.attach(agent);
}
