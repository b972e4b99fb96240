import assert from 'node:assert/strict';
import { aHookItem, anAgent } from './models.ts';
import { runPan } from './runPan.ts';

describe('pan work tell', () => {
  const told = (outcome: string, tookMs: number | null = null) => ({
    'agents.tell': () => ({ outcome, detail: 'rehearsal cannot confirm', tookMs }),
  });

  it('passes id and text as typed and says what became of the message', async () => {
    const text = '$(rm -rf ~) `x` "quoted" \'single\' !';
    const ran = await runPan(['work', 'tell', 'min-142', text], { answers: told('delivered', 210) });
    assert.deepEqual(ran.calls, [{ method: 'agents.tell', params: { id: 'min-142', text } }]);
    assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, 'Delivered to MIN-142 in 0.2 s\n', '']);
    assert.equal(ran.leftOpen, 0);
  });

  it('joins words, and takes what starts with a dash after --', async () => {
    const words = await runPan(['work', 'tell', 'MIN-1', 'add', 'tests'], { answers: told('queued') });
    assert.deepEqual(words.calls[0]?.params, { id: 'MIN-1', text: 'add tests' });
    assert.equal(words.stdout, 'Queued: rehearsal cannot confirm\n');
    const dashed = await runPan(['work', 'tell', 'MIN-1', '--', '--json', '-n'], { answers: told('sent') });
    assert.deepEqual(dashed.calls[0]?.params, { id: 'MIN-1', text: '--json -n' });
    assert.equal(dashed.stdout, 'Sent: rehearsal cannot confirm\n');
  });

  it('sends standard input byte for byte', async () => {
    const stdin = ' first\r\n\tsecond \u001b[31m 👩‍👩‍👧‍👦\n\n';
    const ran = await runPan(['work', 'tell', 'MIN-1', '--file', '-'], { answers: told('delivered'), stdin });
    assert.deepEqual(ran.calls[0]?.params, { id: 'MIN-1', text: stdin });
  });

  it('ends with 1 when the message did not arrive', async () => {
    const ran = await runPan(['work', 'tell', 'MIN-1', 'x'], { answers: told('failed') });
    assert.equal(ran.code, 1);
    assert.equal(
      ran.stderr,
      'error: MIN-1 did not get the message: rehearsal cannot confirm\nhint: Look why: pan work why MIN-1\n',
    );
    const json = await runPan(['work', 'tell', 'MIN-1', 'x', '--json'], { answers: told('failed') });
    assert.equal(json.code, 1);
    assert.deepEqual(JSON.parse(json.stdout), { outcome: 'failed', detail: 'rehearsal cannot confirm', tookMs: null });
  });

  it('refuses an empty message and one given twice', async () => {
    assert.equal((await runPan(['work', 'tell', 'MIN-1'])).code, 2);
    assert.equal((await runPan(['work', 'tell', 'MIN-1', 'x', '--file', 'y'])).code, 2);
  });
});

describe('pan work issue', () => {
  it('says where the agent works and how long it took', async () => {
    const ran = await runPan(['work', 'issue', 'min-142', '--runtime', 'claude', '--mode', 'plan'], {
      answers: { 'agents.start': () => anAgent() },
    });
    assert.deepEqual(ran.calls, [
      { method: 'agents.start', params: { id: 'min-142', runtime: 'claude', model: undefined, mode: 'plan' } },
    ]);
    assert.equal(ran.stdout, 'MIN-142 started: claude in workspaces/feature-min-142 (0.7 s)\n');
    assert.equal(ran.stderr, '');
  });

  it('says yes to bypass only where it was typed', async () => {
    const world = { answers: { 'agents.start': () => anAgent({ mode: 'bypass' }) } };
    const ran = await runPan(['work', 'issue', 'min-142', '--mode', 'bypass', '--yes'], world);
    const params = { id: 'min-142', runtime: undefined, model: undefined, mode: 'bypass', allowBypass: true };
    assert.deepEqual(ran.calls, [{ method: 'agents.start', params }]);
    assert.match(ran.stdout, /\(0\.7 s\); bypass is allowed in \w+ from now on\n$/);
  });

  it('shows its phases in one line of the terminal and removes it', async () => {
    const start = (_: unknown, onProgress?: (phase: string) => void) => {
      onProgress?.('creating workspace');
      onProgress?.('setup');
      return anAgent();
    };
    const ran = await runPan(['work', 'issue', 'MIN-142'], { answers: { 'agents.start': start }, terminal: 80 });
    const drawn = ran.stderr.split('\r\u001b[K');
    assert.deepEqual(drawn, ['', 'creating workspace', 'creating workspace · setup', '']);
  });

  it('only says what it would do with --dry-run', async () => {
    const plan = {
      issueId: 'MIN-142',
      project: 'myn',
      workspace: '/home/ada/myn/workspaces/feature-min-142',
      branch: 'feature/min-142',
      createsWorkspace: true,
      runtime: 'claude',
      model: null,
      mode: 'ask',
      needsYes: false,
      argv: ['claude', "it's", 'Line one\nLine two\n'],
      prompt: 'Line one\nLine two\n',
    };
    const ran = await runPan(['work', 'issue', 'MIN-142', '--dry-run'], { answers: { 'agents.plan': () => plan } });
    assert.deepEqual(
      ran.calls.map(({ method }) => method),
      ['agents.plan'],
    );
    assert.equal(
      ran.stdout,
      [
        'Nothing was started. pan work issue MIN-142 would:',
        '  create  /home/ada/myn/workspaces/feature-min-142',
        '  on      feature/min-142 of myn',
        '  with    claude, mode ask',
        "  run     claude 'it'\\''s' '<prompt>'",
        '  prompt',
        '    Line one',
        '    Line two',
        '',
      ].join('\n'),
    );
    const other = { ...plan, createsWorkspace: false, mode: 'bypass', needsYes: true };
    const bypass = await runPan(['work', 'issue', 'MIN-142', '--dry-run'], { answers: { 'agents.plan': () => other } });
    assert.deepEqual(bypass.stdout.split('\n').slice(1, 5), [
      '  use     /home/ada/myn/workspaces/feature-min-142',
      '  on      feature/min-142 of myn',
      '  with    claude, mode bypass',
      '  needs   --yes: nobody has allowed bypass in myn yet',
    ]);
    const words = Array.from({ length: 60 }, (_, index) => `--option-${index}`);
    const long = { ...plan, argv: words };
    const narrow = await runPan(['work', 'issue', 'MIN-142', '--dry-run', '--color=never'], {
      answers: { 'agents.plan': () => long },
      terminal: 80,
    });
    assert.ok(narrow.stdout.includes(`  run     ${words.join(' ')}\n`), 'what is for copying is not cut');
  });
});

describe('pan work attach', () => {
  const target = { kind: 'tmux', node: 'local', argv: ['tmux', '-S', '/x y/tmux.sock', 'attach'] };
  const answers = { 'agents.attachTarget': () => target };

  it('runs the target in this terminal, outside of a surrounding tmux', async () => {
    const env = { TMUX: '/tmp/tmux-0/default,1,0' };
    const ran = await runPan(['work', 'attach', 'MIN-1'], { answers, terminal: 80, env });
    assert.deepEqual(ran.inTerminal, [{ argv: target.argv, env: { LANG: 'C.UTF-8', HOME: '/home/ada' } }]);
    assert.equal(ran.code, 0);
  });

  it('names the command where there is no terminal', async () => {
    const ran = await runPan(['work', 'attach', 'MIN-1'], { answers });
    assert.deepEqual([ran.code, ran.inTerminal], [2, []]);
    assert.match(ran.stderr, /^hint: In one, type: tmux -S '\/x y\/tmux\.sock' attach$/m);
    const json = await runPan(['work', 'attach', 'MIN-1', '--json'], { answers });
    assert.deepEqual(JSON.parse(json.stdout), target);
  });
});

describe('pan work kill', () => {
  it('says what goes on with the agent, as its explanation does', async () => {
    const agent = anAgent({ status: 'stopped', reason: 'stopped by you', sessionId: 's' });
    const answers = {
      'agents.kill': () => agent,
      'agents.why': () => ({ agent, evidence: [], ruledOut: [], next: 'pan work issue MIN-142 --runtime claude' }),
    };
    const { stdout } = await runPan(['work', 'kill', 'MIN-142'], { answers });
    assert.match(stdout, /^MIN-142 is stopped; .*\nGo on with it: pan work issue MIN-142 --runtime claude\n$/);
    assert.deepEqual(JSON.parse((await runPan(['work', 'kill', 'MIN-142', '--json'], { answers })).stdout), { agent });
  });
});

describe('commands whose id may be left out', () => {
  const answers = { 'hooks.check': () => [], 'hooks.push': () => aHookItem(), 'agents.done': () => anAgent() };
  const checked = async (world: Parameters<typeof runPan>[1]) =>
    (await runPan(['work', 'hook', 'check'], { ...world, answers: { ...answers, ...world?.answers } })).calls.at(-1)
      ?.params;

  it('take the agent that runs them, then the workspace around, then the only running agent', async () => {
    const cwd = '/home/ada/myn/workspaces/feature-min-7/src';
    assert.deepEqual(await checked({ env: { PAN_AGENT_ID: 'agent-min-3' }, cwd }), { id: 'agent-min-3' });
    assert.deepEqual(await checked({ cwd }), { id: 'MIN-7' });
    assert.deepEqual(await checked({ cwd: '/x/workspaces/feature-min-8-fix-login' }), { id: 'MIN-8' });
    const agents = [anAgent(), anAgent({ issueId: 'MIN-2', status: 'stopped' })];
    assert.deepEqual(await checked({ answers: { 'agents.list': () => agents } }), { id: 'MIN-142' });
  });

  it('say so when nothing tells which', async () => {
    const list = [anAgent(), anAgent({ issueId: 'MIN-2' })];
    const ran = await runPan(['work', 'done'], { answers: { 'agents.list': () => list } });
    assert.equal(ran.code, 2);
    assert.equal(
      ran.stderr,
      'error: No issue id was given, and this is neither an agent nor a workspace.\nhint: pan work done MIN-142 (or MIN-2)\n',
    );
  });

  it('push what follows the id, under a new ULID or the one given', async () => {
    const ran = await runPan(['work', 'hook', 'push', 'MIN-1', 'rebase', 'on', 'main'], { answers });
    const params = ran.calls.at(-1)?.params as { itemId: string };
    assert.match(params.itemId, /^[0-9A-HJKMNP-TV-Z]{26}$/);
    const expected = { id: 'MIN-1', text: 'rebase on main', type: undefined, priority: undefined };
    assert.deepEqual(params, { itemId: params.itemId, ...expected });
    const again = await runPan(['work', 'hook', 'push', 'rebase', '--item', 'X', '--priority', 'high'], {
      answers,
      env: { PAN_AGENT_ID: 'agent-min-3' },
    });
    assert.deepEqual(again.calls[0]?.params, {
      id: 'agent-min-3',
      itemId: 'X',
      text: 'rebase',
      type: undefined,
      priority: 'high',
    });
  });
});

describe('pan hook', () => {
  it('hands over the event and never fails', async () => {
    const ran = await runPan(['hook'], { stdin: '{"hook_event_name":"Stop"}' });
    assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, '', '']);
    assert.deepEqual(ran.spooled, ['{"hook_event_name":"Stop"}']);
    assert.deepEqual(ran.connections, []);
    const broken = await runPan(['hook'], { host: { takeHookEvent: () => Promise.reject(new Error('full')) } });
    assert.deepEqual([broken.code, broken.stdout, broken.stderr], [0, '', '']);
  });
});

describe('pan work mail', () => {
  const item = { id: '01JD8Z4T5N6R7S8T9V0W1X2Y3Z', text: 'one\ntwo', createdAt: '2026-11-22T14:31:00.000Z' };
  const mail = [
    { ...item, state: 'delivered' },
    { ...item, id: '01JD8Z4T5N6R7S8T9V0W1X2Y40', state: 'queued' },
  ];

  it('lists what waits and what was told', async () => {
    const answers = { 'agents.mail': () => mail };
    const ran = await runPan(['work', 'mail', 'min-142'], { answers });
    assert.deepEqual(ran.calls, [{ method: 'agents.mail', params: { id: 'min-142' } }]);
    assert.deepEqual(ran.stdout.trimEnd().split('\n'), [
      'ID                         STATE     FOR  MESSAGE',
      '01JD8Z4T5N6R7S8T9V0W1X2Y3Z delivered  4m  one two',
      '01JD8Z4T5N6R7S8T9V0W1X2Y40 queued     4m  one two',
    ]);
    const json = await runPan(['work', 'mail', 'min-142', '--json'], { answers });
    assert.deepEqual(JSON.parse(json.stdout), { mail });
    const none = await runPan(['work', 'mail', 'min-142'], { answers: { 'agents.mail': () => [] } });
    assert.equal(none.stdout, 'No messages.\n');
  });

  it('takes a message back', async () => {
    const argv = ['work', 'mail', 'min-142', '--drop', item.id];
    const answers = { 'agents.dropMail': () => mail[1] };
    const ran = await runPan(argv, { answers });
    assert.deepEqual(ran.calls, [{ method: 'agents.dropMail', params: { id: 'min-142', mailId: item.id } }]);
    assert.equal(ran.stdout, 'Taken back: one two\n');
    assert.deepEqual(JSON.parse((await runPan([...argv, '--json'], { answers })).stdout), { dropped: mail[1] });
  });
});

describe('pan work hook drop', () => {
  it('takes an item back', async () => {
    const item = aHookItem({ state: 'expired' });
    const answers = { 'hooks.drop': () => item };
    const ran = await runPan(['work', 'hook', 'drop', 'min-142', item.id], { answers });
    assert.deepEqual(ran.calls, [{ method: 'hooks.drop', params: { id: 'min-142', itemId: item.id } }]);
    assert.equal(ran.stdout, 'Taken back: rebase on main\n');
    const json = await runPan(['work', 'hook', 'drop', 'min-142', item.id, '--json'], { answers });
    assert.deepEqual(JSON.parse(json.stdout), { item });
  });
});
