import { ulid } from 'ulid';
import { type Priority, priorities } from '../../../../runner/protocol/enumerations.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { askKept, forgetKept } from '../keptText.ts';
import { flash } from '../notify.ts';
import { pick } from '../pick.ts';
import { hookPlaceText } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Queue Work for Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['tell', 'open'],
};

export const hookPush: Command = {
  id: 'panopticon.hook.push',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    if (agent === undefined) return;
    const title = `Queue Work for ${agent.issueId}`;
    const place = `work ${agent.issueId}`;
    const text = await askKept(app, place, {
      title: `${title} (1/2)`,
      prompt: 'It waits on the hook until the agent takes it.',
      placeholder: 'Rebase on main',
      refusal: 'Write what the agent should do.',
    });
    if (text === undefined) return;
    const priority = await choosePriority(`${title} (2/2)`);
    if (priority === undefined) return;
    await push(app, agent, text, priority);
    await forgetKept(app, place);
  },
};

function choosePriority(title: string): Promise<Priority | undefined> {
  return pick({
    title,
    placeholder: 'How urgent is it?',
    rows: priorities.map((priority) => ({
      value: priority,
      label: `${priority.charAt(0).toUpperCase()}${priority.slice(1)}`,
    })),
    active: (priority) => priority === 'normal',
    stays: true,
  });
}

async function push(app: App, { id, issueId }: Agent, text: string, priority: Priority): Promise<void> {
  await concerning({ issueId, agentId: id }, async () => {
    const { hooks } = await app.runner.get();
    const pushed = await hooks.push({ id: issueId, itemId: ulid(), text, priority, source: 'vscode' });
    const open = (await hooks.check({ id: issueId })).filter(({ state }) => state === 'queued');
    const place = open.findIndex((item) => item.id === pushed.id);
    flash(place === -1 ? `On ${issueId}'s hook` : hookPlaceText(issueId, place + 1, open.length));
    await app.fleet.refresh([id]);
  });
}
