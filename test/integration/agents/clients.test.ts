import assert from 'node:assert/strict';
import type { Agent } from '../../../runner/protocol/models.ts';
import { holdCheckouts } from '../../support/heldCheckout.ts';
import { useRunnerHome } from '../../support/runnerHome.ts';

describe('a start over the socket', () => {
  const the = useRunnerHome();

  it('is given up, takes the workspace back that was made for it, and can be repeated', async () => {
    await the().addProject();
    const id = await the().issue('Take back');
    const runner = await the().runner();
    const canceling = new AbortController();
    const phases: string[] = [];
    const held = holdCheckouts(the().repository, the().folder);
    const onProgress = (phase: string): void => {
      phases.push(phase);
      if (phase === 'canceling') held.release();
      else canceling.abort();
    };
    await assert.rejects(runner.agents.start({ id }, onProgress, canceling.signal), {
      code: 'canceled',
      message: `Starting ${id} was canceled; nothing was made.`,
    });
    assert.deepEqual(phases, ['creating workspace', 'canceling']);
    assert.deepEqual(await the().agents(), []);
    assert.deepEqual(await runner.workspaces.list({}), []);
    assert.equal(the().repository.git(['branch', '--list', 'feature/*']), '');
    assert.equal((await runner.agents.start({ id })).issueId, id);
  });
});

describe('agents, as rows show them', () => {
  const the = useRunnerHome();

  it('say what they ask, and are read one by one where one is meant', async () => {
    const home = the();
    home.script([[{ permission: { tool: 'Bash', command: 'npm test' }, always: true }]]);
    await home.addProject();
    const [one, two] = [await home.issue('Ask'), await home.issue('Ask, too')];
    const runner = await home.runner();
    await runner.agents.start({ id: one });
    await runner.agents.start({ id: two });
    const agent = await home.agent(one, 'waiting');
    await home.agent(two, 'waiting');
    const [request] = await runner.requests.list({ id: one });
    assert.ok(request !== undefined);
    const { kind, oneLine, brief, answers, since } = request;
    assert.deepEqual(agent.ask, { requestId: request.id, kind, oneLine, brief, answers, options: [], since });
    assert.deepEqual([oneLine, brief, answers.includes('allow'), agent.parked], ['npm test', true, true, null]);
    const idsOf = (agents: readonly Agent[]) => agents.map(({ id }) => id);
    const ids = [`agent-${two.toLowerCase()}`, 'agent-min-99', '../../etc'];
    assert.deepEqual(idsOf(await runner.agents.list({ ids })), [ids[0]]);
    assert.deepEqual(await runner.agents.list({ ids: [] }), []);
    assert.equal((await runner.agents.list()).length, 2);
  });

  it('say why they are parked, and until when', async () => {
    const home = the();
    home.script([[{ usageLimit: { minutes: 90 } }]]);
    await home.addProject();
    const id = await home.issue('Too much');
    await home.json(['work', 'issue', id]);
    const { parked, ask, reason, since } = await home.agent(id, 'parked');
    assert.deepEqual([parked?.cause, ask], ['limit', null]);
    assert.ok(Date.parse(parked?.until ?? '') > Date.parse(since));
    assert.match(reason, /^usage limit until \d\d:\d\d$/);
  });
});

describe('messages that wait', () => {
  const the = useRunnerHome();

  it('are listed, and can be taken back', async () => {
    const home = the();
    home.script([[{ permission: { tool: 'Bash', command: 'ls' }, always: true }]]);
    await home.addProject();
    const id = await home.issue('Listen');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'waiting');
    const runner = await home.runner();
    const changed: string[] = [];
    runner.onDidChange(({ scope, ids }) => void changed.push(`${scope} ${ids}`));
    await home.json(['work', 'tell', id, 'one']);
    await home.json(['work', 'tell', id, 'two']);
    const { mail } = await home.json<{ mail: { id: string; text: string; state: string }[] }>(['work', 'mail', id]);
    assert.deepEqual(
      mail.map(({ text, state }) => [text, state]),
      [
        ['one', 'queued'],
        ['two', 'queued'],
      ],
    );
    await home.json(['work', 'mail', id, '--drop', mail[0]?.id ?? '']);
    assert.deepEqual(
      (await runner.agents.mail({ id })).map(({ text }) => text),
      ['two'],
    );
    assert.equal(changed.filter((change) => change === `mail agent-${id.toLowerCase()}`).length, 3);
  });
});

describe('what a client asks before a start', () => {
  const the = useRunnerHome();

  it('is which runtimes there are, answered in an instant, and what doctor says', async () => {
    const home = the();
    await home.addProject();
    const id = await home.issue('Choose');
    const runner = await home.runner();
    await runner.runtimes.list({ id });
    const begun = performance.now();
    const { runtimes } = await runner.runtimes.list({ id });
    assert.ok(performance.now() - begun < 300);
    assert.deepEqual(
      runtimes.filter(({ isDefault }) => isDefault).map(({ name, ready, fix }) => [name, ready, fix]),
      [['rehearsal', true, null]],
    );
    const { checks } = await runner.doctor();
    assert.deepEqual(
      checks.filter(({ name }) => name === 'git' || name === 'tmux').map(({ name, status }) => [name, status]),
      [
        ['git', 'ok'],
        ['tmux', 'ok'],
      ],
    );
  });
});
