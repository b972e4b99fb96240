import { UserError } from '../../../../runner/protocol/errors.ts';
import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { ConcerningError } from '../concerning.ts';
import { meantIssue } from '../issue/chooseIssue.ts';
import { chooseStart } from '../start/chooseStart.ts';
import { startAgent } from '../start/startAgent.ts';

export const agentStart: Command = {
  id: 'panopticon.agent.start',
  async run(app, ...given) {
    const id = await meantIssue(app, given, {
      title: 'Start Agent on Which Issue?',
      creates: true,
      acts: ['openIssue'],
      last: (issue) => running(app, issue.id) !== undefined,
    });
    if (id === undefined) return;
    const agent = running(app, id);
    if (agent !== undefined) throw new ConcerningError({ issueId: id, agentId: agent.id }, runsAlready(agent));
    const runner = await app.runner.get();
    const [issue, list] = await app.views.withProgress('agents', () =>
      Promise.all([runner.issues.show({ id }), runner.runtimes.list({ id })]),
    );
    const start = await chooseStart(app, issue, list);
    if (start !== undefined) await startAgent(app, issue, start);
  },
};

function running({ fleet }: App, issueId: IssueId): Agent | undefined {
  const agent = fleet.get(agentIdOf(issueId));
  return agent === undefined || agent.pid === null ? undefined : agent;
}

/** Before anything is asked. */
function runsAlready({ issueId, runtime, status }: Agent): UserError {
  return new UserError({ code: 'alreadyRunning', message: `${issueId} already has an agent (${runtime}, ${status}).` });
}
