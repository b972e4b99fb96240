import assert from 'node:assert/strict';
import type * as finishing from '../../../../extension/src/commands/agent/done.ts';
import type * as moving from '../../../../extension/src/commands/issue/move.ts';
import type { IssueState } from '../../../../runner/protocol/enumerations.ts';
import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import { anAgent, anIssue } from '../../cli/models.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

/** Issues in these states, each with an agent; `MIN-3` has one that does not run. */
function aWindow(states: Record<IssueId, IssueState>) {
  const shown = new Shown();
  const ran: unknown[][] = [];
  const { vscode } = shown;
  vscode.commands.executeCommand = async (...given: unknown[]): Promise<void> => void ran.push(given);
  const { agentDone, issueMove } = loadParts<typeof finishing & typeof moving>(
    vscode,
    'commands/agent/done.ts',
    'commands/issue/move.ts',
  );
  const agentOf = (issueId: IssueId) =>
    anAgent({ id: agentIdOf(issueId), issueId, sessionId: 's', pid: issueId === 'MIN-3' ? null : 7 });
  const issueOf = (id: IssueId) => anIssue({ id, state: states[id] ?? 'todo' });
  const app = partsOf({
    fleet: { refresh: async () => {} },
    runner: runnerWith({
      agents: {
        list: async () => Object.keys(states).map(agentOf),
        done: async ({ id }: { id: IssueId }) => agentOf(id),
      },
      issues: {
        show: async ({ id }: { id: IssueId }) => issueOf(id),
        edit: async ({ id, state }: { id: IssueId; state: IssueState }) => {
          states[id] = state;
        },
      },
    }),
  });
  const rows = Object.keys(states).map((issueId) => ({ kind: 'issue', issueId, issue: issueOf(issueId) }));
  return { shown, ran, app, rows, agentDone, issueMove };
}

describe('acting on several issues at once', () => {
  it('moves all that were dropped, with one message and one Undo', async () => {
    const states: Record<IssueId, IssueState> = { 'MIN-1': 'todo', 'MIN-2': 'backlog', 'MIN-3': 'in_review' };
    const { shown, ran, app, issueMove } = aWindow(states);
    shown.click = 'Undo';
    await issueMove.run(app, { issueIds: ['MIN-1', 'MIN-2', 'MIN-3'], state: 'in_review' });
    await new Promise(setImmediate);
    assert.deepEqual(states, { 'MIN-1': 'in_review', 'MIN-2': 'in_review', 'MIN-3': 'in_review' });
    assert.deepEqual(shown.texts, ['Moved MIN-1 and MIN-2 to In review.']);
    assert.deepEqual(ran, [
      ['panopticon.issue.move', { issueIds: ['MIN-1'], state: 'todo' }],
      ['panopticon.issue.move', { issueIds: ['MIN-2'], state: 'backlog' }],
    ]);
  });

  it('moves all that are selected to the state that is chosen', async () => {
    const states: Record<IssueId, IssueState> = { 'MIN-1': 'todo', 'MIN-2': 'backlog' };
    const { shown, app, rows, issueMove } = aWindow(states);
    const running = issueMove.run(app, rows[0], rows);
    const picker = await shown.input();
    picker.choose('Canceled');
    await running;
    assert.deepEqual(states, { 'MIN-1': 'canceled', 'MIN-2': 'canceled' });
  });

  it('takes Mark Done back: the issues as they were, and who worked works', async () => {
    const { shown, ran, app, rows, agentDone } = aWindow({ 'MIN-1': 'in_progress', 'MIN-3': 'in_progress' });
    shown.click = 'Undo';
    await agentDone.run(app, rows[0], rows);
    await new Promise(setImmediate);
    assert.deepEqual(shown.texts, ['MIN-1 and MIN-3 are done.']);
    assert.deepEqual(ran, [
      ['panopticon.issue.move', { issueIds: ['MIN-1', 'MIN-3'], state: 'in_progress' }],
      ['panopticon.agent.resume', { agentId: 'agent-min-1' }],
    ]);
  });
});
