import assert from 'node:assert/strict';
import { dayTime } from '../../runner/protocol/dayTime.ts';
import { startClaudeMock } from '../support/models/claudeMock.ts';
import { claude } from './support/claudeTool.ts';
import { useRealAgents } from './support/realAgents.ts';

describe('Claude Code fails', function () {
  this.timeout(90_000);
  const agents = useRealAgents(claude);

  it('stays at work while the model hangs, and is idle within a second of Esc', async () => {
    const issueId = await agents().startIdle('Hang');
    agents().model(() => ({ kind: 'hang' }));
    await agents().tell(issueId, longMessage);
    await agents().turn(({ lastUserText }) => lastUserText === longMessage, 'what hangs');
    assert.equal((await agents().agent(issueId, 'working')).status, 'working');
    agents().home.press(issueId, 'Escape');
    const pressedAt = performance.now();
    await agents().agent(issueId, 'idle');
    assert.ok(performance.now() - pressedAt < 1_500, `${performance.now() - pressedAt} ms`);
    // The tool put the prompt back into its composer.
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    await agents().tell(issueId, 'only this');
    await agents().turn(({ lastUserText }) => lastUserText === 'only this', 'the new message alone');
  });

  it('is parked by a limit that lasts', async () => {
    const issueId = await agents().startIdle('Limit');
    agents().model(() => ({ kind: 'rateLimited', retryAfterSeconds: 3600 }));
    await agents().tell(issueId, 'too much');
    const parked = await agents().agent(issueId, 'parked');
    assert.match(parked.reason, /usage limit/);
  });

  it('is parked by a login that is no more, and works again when it is', async () => {
    const issueId = await agents().startIdle('Log out');
    agents().model(() => ({ kind: 'unauthorized' }));
    await agents().tell(issueId, 'who are you');
    const parked = await agents().agent(issueId, ({ status, reason }) => status === 'parked' && !/again/.test(reason));
    assert.match(parked.reason, /logged out/);
    agents().model(() => ({ kind: 'say', text: 'Done.' }));
    await agents().tell(issueId, 'once more');
    await agents().agent(issueId, 'idle');
  });

  it('is parked by a model that there is not', async () => {
    agents().model(() => ({ kind: 'noSuchModel' }));
    const issueId = await agents().start('No model');
    assert.match((await agents().agent(issueId, 'parked')).reason, /model/);
  });
});

const longMessage = Array.from({ length: 30 }, (_, index) => `line ${index} of what will hang`).join('\n');

describe('Claude Code with a subscription', function () {
  this.timeout(90_000);
  const resetsAt = Math.ceil(Date.now() / 1000) + 7_200;
  const agents = useRealAgents({
    ...claude,
    startMock: (model) => startClaudeMock(model, { rateLimitHeaders: usedUp(resetsAt) }),
    env: (mock) => ({ ...withoutKey(claude.env(mock, '')), CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-token-of-the-test' }),
  });

  it('is parked until its usage limit is over', async () => {
    agents().model(() => ({ kind: 'rateLimited', retryAfterSeconds: 7_200 }));
    const issueId = await agents().start('Use it up');
    const parked = await agents().agent(issueId, ({ reason }) => / until /.test(reason));
    const ends = dayTime(new Date(resetsAt * 1000).toISOString(), new Date());
    assert.deepEqual([parked.status, parked.reason], ['parked', `usage limit until ${ends}`]);
  });
});

/** The headers of a five-hour limit that is used up. */
function usedUp(resetsAt: number): Record<string, string> {
  const unified = 'anthropic-ratelimit-unified';
  return {
    [`${unified}-status`]: 'rejected',
    [`${unified}-representative-claim`]: 'five_hour',
    [`${unified}-reset`]: String(resetsAt),
    [`${unified}-5h-reset`]: String(resetsAt),
    [`${unified}-overage-status`]: 'rejected',
  };
}

function withoutKey({ ANTHROPIC_AUTH_TOKEN: _, ...env }: Record<string, string>): Record<string, string> {
  return env;
}
