import assert from 'node:assert/strict';
import { askedId } from '../../../runner/core/requests/knownRequests.ts';
import type { TypingStep } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import { AskingAgent, allowKeys, anOpenRequest, byKeys } from './askingAgent.ts';

describe('answering a request', () => {
  let world: AskingAgent;
  beforeEach(() => {
    world = new AskingAgent();
  });

  const refuses = (promise: Promise<unknown>, code: string) => assert.rejects(promise, { name: 'UserError', code });

  it('gives the hook what the tool understands, sees the agent go on, and keeps who answered', async () => {
    const result = await world.answer({ answer: 'allow', requestId: 'r1' });
    assert.deepEqual(result, { requestId: 'r1', issueId: 'MIN-1', detail: 'Allowed: npm test', tookMs: 200 });
    assert.deepEqual(world.given, [['r1', { said: { kind: 'allow', texts: [] } }]]);
    assert.equal(world.drained, 1);
    const [noted] = world.noted;
    assert.ok(noted?.source === 'runner');
    assert.deepEqual(noted.event, {
      type: 'answered',
      requestId: 'r1',
      answer: 'allow',
      asked: 'npm test',
      text: '',
      by: 'you',
      from: 'pan',
    });
  });

  it('says that nothing was seen yet when the agent is silent', async () => {
    world.onAnswer = () => void setImmediate(() => world.clock.move(3_000));
    assert.equal((await world.answer({ answer: 'deny' })).tookMs, null);
    assert.equal(world.noted.length, 1);
  });

  it('counts from when it was given, so that what the agent shows of it comes after', async () => {
    await world.answer({ answer: 'allow' });
    assert.equal(world.noted[0]?.at, '2026-11-22T12:00:00.000Z');
  });

  it('counts although the agent shows nothing for long, and is no sign of the agent itself', async () => {
    world.onAnswer = () => void setImmediate(() => world.clock.move(250));
    world.onNote = (event) => {
      world.recent.push(event);
      world.open = [];
      world.status = 'working';
      world.changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
      setImmediate(() => {
        world.clock.move(400);
        world.goOn();
      });
    };
    assert.equal((await world.answer({ answer: 'allow' })).tookMs, 850);
  });

  it('takes a Notification for no sign', async () => {
    world.onAnswer = () => {
      const event = { hook_event_name: 'Notification' };
      world.recent.push({ source: 'hook', at: '2026-11-22T12:00:01.000Z', launchId: 'launch', event });
      world.changes.fire({ scope: 'agents', ids: [] });
      setImmediate(() => world.clock.move(3_000));
    };
    assert.equal((await world.answer({ answer: 'allow' })).tookMs, null);
  });

  it('fails, and keeps nothing, when the hook does not take it', async () => {
    world.takes = false;
    await refuses(world.answer({ answer: 'allow' }), 'answerNotTaken');
    assert.deepEqual(world.noted, []);
  });

  it('offers only what the hook can say', async () => {
    const [request] = await world.service().list({});
    assert.deepEqual([request?.answeredBy, request?.answers], ['hook', ['allow', 'deny', 'text']]);
    await refuses(world.answer({ answer: 'session' }), 'cannotAnswer');
    assert.deepEqual(world.given, []);
  });

  for (const [what, open, requestId, code] of [
    ['a request that has gone', [], 'r0', 'requestGone'],
    ['nothing', [], undefined, 'requestGone'],
    ['a request that another has replaced', ['r1'], 'r0', 'requestChanged'],
    ['one of several without saying which', ['r1', 'r2'], undefined, 'requestAmbiguous'],
  ] as const) {
    it(`refuses to answer ${what}`, async () => {
      world.asked('r0');
      world.open = open.map((id) => anOpenRequest(id));
      await refuses(world.answer({ answer: 'allow', requestId }), code);
      assert.deepEqual([world.given, world.noted], [[], []]);
    });
  }

  it('means the one of several that is named', async () => {
    world.open = [anOpenRequest('r1'), anOpenRequest('r2', 'ls')];
    assert.equal((await world.answer({ answer: 'allow', requestId: 'r2' })).detail, 'Allowed: ls');
  });

  describe('that is named by the beginning of its id', () => {
    beforeEach(() => {
      world.open = [anOpenRequest('a80b11'), anOpenRequest('a80c22', 'ls')];
      world.asked('dead00');
    });

    it('is given to that one', async () => {
      const result = await world.answer({ answer: 'allow', requestId: 'a80c' });
      assert.deepEqual([result.requestId, result.detail], ['a80c22', 'Allowed: ls']);
    });

    for (const [requestId, code, message] of [
      ['123', 'requestUnknown', 'There is no request 123 of MIN-1.'],
      ['a80', 'requestUnknown', 'There is no request a80 of MIN-1.'],
      ['a80b12', 'requestUnknown', 'There is no request a80b12 of MIN-1.'],
      ['dead', 'requestChanged', 'That request has changed since you saw it.'],
    ] as const) {
      it(`is refused for ${requestId}: ${code}`, async () => {
        await assert.rejects(world.answer({ answer: 'allow', requestId }), { name: 'UserError', code, message });
        assert.deepEqual([world.given, world.noted], [[], []]);
      });
    }

    it('is refused where several begin so', async () => {
      world.open = [anOpenRequest('a80b11'), anOpenRequest('a80b22', 'ls')];
      await refuses(world.answer({ answer: 'allow', requestId: 'a80b' }), 'requestAmbiguous');
    });

    it('is known by a report without a waiting hook, too', async () => {
      world.open = [];
      const report = { ...anOpenRequest('').event, tool_input: { command: 'make' } };
      world.recent.push({ source: 'hook', at: '2026-11-22T12:00:00.000Z', launchId: 'launch', event: report });
      const asked = world.recent.at(-1);
      const id = asked === undefined ? undefined : askedId(asked);
      assert.match(id ?? '', /^[0-9a-f]{12}$/);
      await refuses(world.answer({ answer: 'allow', requestId: id }), 'requestGone');
    });
  });

  it('says which answers there are instead of one that is not offered', async () => {
    await assert.rejects(world.answer({ answer: 'session' }), {
      message: 'This request cannot be allowed for the session.',
      hint: 'It takes allow, deny, or "what to do instead".',
    });
    world.behaviour = { decide: (_event, { kind }) => (kind === 'deny' ? {} : undefined) };
    world.open = [anOpenRequest('r1', '', { event: { ...anOpenRequest('').event, pan_cut: true } })];
    await assert.rejects(world.answer({ answer: 'allow' }), {
      message: 'This request of MIN-1 does not take "allow".',
      hint: 'It takes deny, or "what to do instead".',
    });
  });

  it('says what was said to the agent', async () => {
    const { detail } = await world.answer({ answer: 'text', texts: ['use', 'a', 'branch'] });
    assert.equal(detail, 'Denied with "use a branch": npm test');
  });

  it('refuses when other evidence says that the agent waits no more', async () => {
    world.status = 'working';
    assert.deepEqual(await world.service().list({}), []);
    await refuses(world.answer({ answer: 'allow', requestId: 'r1' }), 'requestGone');
  });

  it('refuses when the agent has ended', async () => {
    world.paneLives = false;
    await refuses(world.answer({ answer: 'allow', requestId: 'r1' }), 'requestGone');
    await refuses(world.answer({ answer: 'allow' }), 'notRunning');
  });

  it('is left to the terminal when the hook has gone, and when its id could be a path', async () => {
    world.hookLives = false;
    await refuses(world.answer({ answer: 'allow' }), 'onlyInTerminal');
    world.hookLives = true;
    world.open = [anOpenRequest('../r1')];
    await refuses(world.answer({ answer: 'allow' }), 'onlyInTerminal');
    assert.deepEqual(world.given, []);
  });

  describe('in the terminal', () => {
    beforeEach(() => {
      world.behaviour = byKeys;
      world.open = [anOpenRequest('r1', 'npm test', { hookPid: null })];
    });

    it('presses the keys of the dialog that asks this very thing', async () => {
      const result = await world.answer({ answer: 'allow' });
      assert.deepEqual([result.detail, result.tookMs], ['Allowed: npm test', 200]);
      assert.deepEqual(world.pressed, [allowKeys]);
    });

    it('presses nothing when the screen shows something else', async () => {
      for (const screen of ['npm run x', '']) {
        world.screen = screen;
        const refused = refuses(world.answer({ answer: 'allow' }), 'requestUnseen');
        await world.letPass(2_000);
        await refused;
      }
      assert.deepEqual([world.pressed, world.noted], [[], []]);
    });

    it('presses nothing for an answer that the dialog has not', async () => {
      await refuses(world.answer({ answer: 'deny' }), 'onlyInTerminal');
      await refuses(world.answer({ answer: 'text', texts: ['why'] }), 'onlyInTerminal');
      assert.deepEqual([world.pressed, world.told], [[], []]);
    });

    it('presses nothing when the next dialog about the same was reported meanwhile', async () => {
      world.onDrain = () => {
        if (world.drained === 2) world.open = [anOpenRequest('r2', 'npm test', { hookPid: null })];
      };
      await refuses(world.answer({ answer: 'allow', requestId: 'r1' }), 'requestChanged');
      world.onDrain = () => {
        if (world.drained === 4) world.open = [];
      };
      await refuses(world.answer({ answer: 'allow', requestId: 'r2' }), 'requestGone');
      assert.deepEqual([world.pressed, world.noted], [[], []]);
    });

    it('allows for the session only where it is known what that allows, and says it', async () => {
      await refuses(world.answer({ answer: 'session' }), 'cannotAnswer');
      const { dialogs } = byKeys;
      assert.ok(dialogs !== undefined);
      world.behaviour = { dialogs: { ...dialogs, sessionAllows: () => 'every npm command' } };
      const { detail } = await world.answer({ answer: 'session' });
      assert.equal(detail, 'Allowed for this session (every npm command): npm test');
    });

    it('was given although its reason could not be told', async () => {
      const deny: TypingStep[] = [{ kind: 'key', key: 'Escape' }];
      world.behaviour = {
        dialogs: { read: (screen) => (screen === '' ? undefined : { subject: screen, deny }) },
      };
      world.onTell = () => {
        throw new Error('disk full');
      };
      const { detail } = await world.answer({ answer: 'deny', texts: ['use yarn'] });
      assert.equal(detail, 'Denied: npm test; the reason was not told: disk full');
      assert.equal(world.noted.length, 1);
    });

    it('was given although the agent did not take its reason', async () => {
      const deny: TypingStep[] = [{ kind: 'key', key: 'Escape' }];
      world.behaviour = {
        dialogs: { read: (screen) => (screen === '' ? undefined : { subject: screen, deny }) },
      };
      world.tellOutcome = 'failed';
      const { detail } = await world.answer({ answer: 'deny', texts: ['use yarn'] });
      assert.equal(detail, 'Denied: npm test; the reason was not told: not taken within 10 s');
    });

    it('tells the reason of a no as a message, since a dialog has no place for words', async () => {
      const denyKeys: TypingStep[] = [{ kind: 'key', key: 'Escape' }];
      world.behaviour = {
        dialogs: { read: (screen) => (screen === '' ? undefined : { subject: screen, deny: denyKeys }) },
      };
      const { detail } = await world.answer({ answer: 'text', texts: ['use', 'yarn'] });
      assert.deepEqual([world.pressed, world.told], [[denyKeys], ['You refused npm test: use yarn']]);
      assert.equal(detail, 'Denied: npm test; the reason follows as a message');
    });
  });
});
