import assert from 'node:assert/strict';
import type * as going from '../../../../extension/src/commands/agent/next.ts';
import type { AgentGrouping } from '../../../../extension/src/views/agentGroups.ts';
import { agentNodes } from '../../../../extension/src/views/agentNodes.ts';
import type { Element } from '../../../../extension/src/views/elements.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import { anAgent } from '../../cli/models.ts';
import { loadParts, partsOf } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

describe('going to the next who needs a person', () => {
  const needy = ['MIN-1', 'HOU-1', 'HOU-2'].map((issueId) =>
    anAgent({
      id: agentIdOf(issueId),
      issueId,
      status: 'stuck',
      project: issueId.startsWith('HOU') ? 'househunt' : 'myn',
    }),
  );

  /** What the last row of the view Agents stands for, in a window where only myn is open. */
  function rowOfElsewhere(): Element | undefined {
    const grouping: AgentGrouping = {
      groupBy: 'status',
      scope: 'window',
      openProjects: new Set(['myn']),
      finishedHours: 24,
      showsOlder: false,
      now: 0,
      rooms: new Map(),
    };
    return agentNodes({ agents: needy, grouping, isSeen: () => true }).at(-1)?.element;
  }

  it('stays among those of a project whose row was clicked', async () => {
    const shown = new Shown();
    const { agentNext } = loadParts<typeof going>(shown.vscode, 'commands/agent/next.ts');
    const opened: string[] = [];
    const app = partsOf({
      documents: { activeRequest: () => undefined },
      fleet: { needsYou: () => needy },
      panels: { openAgent: async (id: string) => void opened.push(id) },
    });
    const row = rowOfElsewhere();
    for (const given of [row, row, row, undefined]) await agentNext.run(app, given);
    assert.deepEqual(opened, ['agent-hou-1', 'agent-hou-2', 'agent-hou-1', 'agent-hou-2']);
    await agentNext.run(app, { ...rowOfElsewhere(), project: 'blog' });
    assert.deepEqual(shown.texts, ['Nobody needs you in blog any more.']);
  });
});
