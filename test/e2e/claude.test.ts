import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { IssueDetails } from '../../runner/protocol/models.ts';
import { claude } from '../agents/support/claudeTool.ts';
import { toolConfig } from '../agents/support/realAgents.ts';
import type { ModelMock, ModelTurn } from '../support/models/modelMock.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('Claude Code in a window', function () {
  this.timeout(90_000);
  let mock: ModelMock;
  const stage = useWorkbench({
    prepare: async (home) => {
      mock = await claude.startMock(answer);
      home.config(`${toolConfig(claude, mock, home.userHome)}[defaults]\nruntime = "claude"\nmode = "ask"\n`);
      await home.addProject('MIN');
      await home.issue('Limit the logins');
    },
  });
  after(() => mock.close());

  it('starts from the picker, and asks in its row', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.pane.locator('.welcome-view-content').getByText('Start an Agent').waitFor();
    await workbench.run('Panopticon: Start Agent...');
    await quickInput.shown('Start Agent on Which Issue?');
    await quickInput.choose('MIN-1 Limit the logins');
    await quickInput.shown('Start Agent on MIN-1');
    await quickInput.pick('claude · ask');
    await workbench.statusBar.item('MIN-1 started (claude)').waitFor();
    await agents.row('MIN-1 Allow touch asked-for?').locator('.codicon-shield').waitFor();
    await workbench.screenshot('claude-asks');
  });

  it('does what its row allows, and nothing before', async () => {
    const { workbench, home } = stage();
    const agents = workbench.tree('Agents');
    const { workspace } = await home.agent('MIN-1', 'waiting');
    assert.equal(existsSync(path.join(workspace, 'asked-for')), false);
    await agents.pressAction('MIN-1 Allow touch asked-for?', 'Allow Once');
    await home.agent('MIN-1', 'idle');
    await agents.row('MIN-1 Limit the logins').locator('.codicon-circle-outline').waitFor();
    assert.equal(existsSync(path.join(workspace, 'asked-for')), true);
  });

  it('is told, with a receipt of its own', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    await workbench.tree('Agents').pressAction('MIN-1 Limit the logins', 'Tell Agent...');
    await quickInput.shown('Tell MIN-1');
    await quickInput.type('Which limit is it?');
    await quickInput.accept();
    await workbench.statusBar.item(/^Delivered to MIN-1 in /).waitFor();
    await home.agent('MIN-1', 'idle');
    assert.equal(mock.turns.at(-1)?.lastUserText, 'Which limit is it?');
  });

  it('has its conversation in the panel', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').click('MIN-1 Limit the logins');
    await workbench.tab('MIN-1 · claude').waitFor();
    const view = await workbench.webview('MIN-1 · claude');
    const conversation = view.locator('pan-transcript-row');
    for (const text of [
      'Limit the logins',
      'touch asked-for',
      'It is limited.',
      'Which limit is it?',
      'Five a minute.',
    ]) {
      await conversation.getByText(text).first().waitFor();
    }
    await workbench.screenshot('claude-conversation');
  });

  it('ends when its work is done', async () => {
    const { workbench, home } = stage();
    const agents = workbench.tree('Agents');
    const menu = await agents.menu('MIN-1 Limit the logins');
    await menu.choose('Mark Done');
    await workbench.notifications.shown('MIN-1 is done.');
    await agents.row('Finished').waitFor();
    await home.agent('MIN-1', 'done');
    assert.equal((await home.json<{ issue: IssueDetails }>(['issue', 'show', 'MIN-1'])).issue.state, 'done');
    assert.deepEqual(mock.refusals, []);
  });
});

/** Asks for a command first, and answers what it is told later. */
function answer({ lastUserText, toolResults }: ModelTurn) {
  if (lastUserText === 'Which limit is it?') return { kind: 'say', text: 'Five a minute.' } as const;
  if (toolResults.length > 0) return { kind: 'say', text: 'It is limited.' } as const;
  return { kind: 'shell', command: 'touch asked-for' } as const;
}
