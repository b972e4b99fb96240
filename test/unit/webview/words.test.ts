import assert from 'node:assert/strict';
import { dayTime } from '../../../runner/protocol/dayTime.ts';
import { agentStatuses } from '../../../runner/protocol/enumerations.ts';
import type { Agent, AgentAsk } from '../../../runner/protocol/models.ts';
import { announcementOf } from '../../../webview/agent/announcement.ts';
import { nextStep } from '../../../webview/agent/nextStep.ts';
import { receiptNow, receiptOf, type Told } from '../../../webview/agent/receipt.ts';
import { answerButtons, requestTitle } from '../../../webview/agent/requestWords.ts';
import { stateNote } from '../../../webview/agent/stateNote.ts';
import { stateWords } from '../../../webview/agent/stateWords.ts';
import { ageOf } from '../../../webview/shared/ages.ts';

const until = '2026-11-22T16:00:00.000Z';

describe('what the view of an agent says', () => {
  const asks: [AgentAsk['kind'], string][] = [
    ['permission', 'shield'],
    ['question', 'question'],
    ['plan', 'checklist'],
  ];
  for (const [kind, shape] of asks) {
    it(`draws a ${shape} for one that asks for a ${kind}`, () => {
      assert.deepEqual(stateWords(agent('waiting', { ask: ask(kind) })), {
        words: 'Waiting for you',
        shape,
        tone: 'act',
      });
    });
  }

  it('has words for every state', () => {
    const words = agentStatuses.map((status) => stateWords(agent(status)).words);
    assert.deepEqual(words, [
      'Starting',
      'Working',
      'Waiting for you',
      'Idle',
      'Stuck',
      'Crashed',
      'Parked',
      'Stopped',
      'Finished',
      'Unknown',
      'Unreadable',
    ]);
  });

  it('says until when one is parked, large', () => {
    const parked = agent('parked', { parked: { cause: 'limit', until }, reason: 'Usage limit of claude reached.' });
    assert.equal(stateWords(parked).words, `Parked until ${dayTime(until, new Date())}`);
    assert.deepEqual(noteOf(parked, 'pan work resume MIN-1'), {
      big: dayTime(until, new Date()),
      text: 'Usage limit of claude reached.',
      isBusy: false,
      showsLastLines: false,
      button: { label: 'Resume', act: 'resume' },
    });
  });

  it('says of one that is logged out what its row says', () => {
    const parked = agent('parked', { parked: { cause: 'login', until: null }, reason: 'logged out' });
    assert.deepEqual(stateWords(parked), { words: 'Logged out', shape: 'key', tone: 'act' });
    assert.equal(noteOf(parked)?.text, 'Log in to claude, then tell it to go on.');
  });

  it('begins as a sentence does, but for names', () => {
    const texts = ['marked done', 'claude ended by itself (exit code 0)', 'state.json cannot be read'].map(
      (reason) => noteOf(agent('done', { reason }))?.text,
    );
    assert.deepEqual(texts, ['Marked done', 'claude ended by itself (exit code 0)', 'state.json cannot be read']);
  });

  it('shows the last lines of one that crashed, and how to go on', () => {
    assert.deepEqual(noteOf(agent('crashed', { reason: 'claude exited with code 1.' }), 'pan work resume MIN-1'), {
      big: null,
      text: 'claude exited with code 1.',
      isBusy: false,
      showsLastLines: true,
      button: { label: 'Resume', act: 'resume' },
    });
  });

  it('says of one that was stopped what it left, in whole sentences', () => {
    const texts = ['stopped by you · 1 commit on feature/min-1', 'You stopped it.', ''].map(
      (reason) => noteOf(agent('stopped', { reason }))?.text,
    );
    assert.deepEqual(texts, [
      'Stopped by you · 1 commit on feature/min-1. Workspace and conversation are kept.',
      'You stopped it. Workspace and conversation are kept.',
      'Workspace and conversation are kept.',
    ]);
  });

  it('says of one whose workspace was destroyed how it comes back', () => {
    const stopped = agent('stopped', { reason: 'stopped by you' });
    const texts = ['pan work resume MIN-1', 'pan work issue MIN-1 --runtime claude'].map(
      (next) => stateNote({ agent: stopped, next }, true)?.text,
    );
    assert.deepEqual(texts, [
      'Stopped by you. Its workspace was destroyed. Resume makes it again from its branch.',
      'Stopped by you. Its workspace was destroyed. A new start makes it again from its branch.',
    ]);
    const done = stateNote({ agent: agent('done'), next: null }, true);
    assert.deepEqual([done?.text, done?.button], ['Its workspace was destroyed. Its branch is kept.', null]);
  });

  it('says nothing of a conversation where none began', () => {
    const stopped = agent('stopped', { reason: 'stopped by you', sessionId: null });
    assert.equal(noteOf(stopped)?.text, 'Stopped by you. Workspace is kept.');
  });

  it('says of one that waits, and asks nothing that can be answered here, where it waits', () => {
    assert.deepEqual(noteOf(agent('waiting'), 'pan work requests MIN-1'), {
      big: null,
      text: 'It waits for you in its terminal.',
      isBusy: false,
      showsLastLines: false,
      button: { label: 'Attach', act: 'attach' },
    });
  });

  const missing = {
    kind: 'workspaceMissing',
    message: 'The workspace folder of MIN-1 is missing.',
    next: 'pan workspace create MIN-1',
  } as const;
  const corrupted = {
    kind: 'workspaceCorrupted',
    message: 'The workspace of MIN-1 is corrupted.',
    next: 'pan workspace destroy MIN-1 --force',
  } as const;

  it('says what hinders an agent, whatever it does, and what mends it', () => {
    const limit = { cause: 'limit', until: null } as const;
    const notes = [
      agent('working', { trouble: missing }),
      agent('idle', { trouble: corrupted }),
      agent('parked', { trouble: missing, parked: limit, reason: 'usage limit' }),
      agent('crashed', { trouble: corrupted, reason: 'claude exited with code 1' }),
    ].map((hindered) => noteOf(hindered, hindered.trouble?.next));
    assert.deepEqual(
      notes.map((note) => [note?.text, note?.button?.label]),
      [
        ['The workspace folder of MIN-1 is missing.', 'Repair'],
        ['The workspace of MIN-1 is corrupted.', 'Destroy Workspace...'],
        ['Usage limit. The workspace folder of MIN-1 is missing.', 'Repair'],
        ['claude exited with code 1. The workspace of MIN-1 is corrupted.', 'Destroy Workspace...'],
      ],
    );
  });

  it('leaves a missing workspace to the resume that makes it again', () => {
    const crashed = agent('crashed', { trouble: missing, reason: 'claude exited with code 1' });
    const note = stateNote({ agent: crashed, next: 'pan work resume MIN-1' }, true);
    assert.deepEqual(
      [note?.text, note?.button?.act],
      ['claude exited with code 1. Its workspace was destroyed. Resume makes it again from its branch.', 'resume'],
    );
  });

  it('has a button for what the runner advises, where it is an act of the view', () => {
    const asking = agent('waiting', { ask: ask('permission') });
    const advice = [
      'requests MIN-1',
      'resume MIN-1',
      'issue MIN-1 --runtime claude',
      'attach MIN-1',
      'tell MIN-1 "..."',
    ];
    assert.deepEqual(
      advice.map((words) => nextStep({ agent: asking, next: `pan work ${words}` })),
      [
        { label: 'Answer', act: 'answer' },
        { label: 'Resume', act: 'resume' },
        { label: 'Start Agent...', act: 'start' },
        { label: 'Attach', act: 'attach' },
        { label: 'Tell', act: 'tell' },
      ],
    );
    assert.deepEqual(nextStep({ agent: agent('waiting'), next: 'pan work requests MIN-1' }), {
      label: 'Attach',
      act: 'attach',
    });
    const mending = ['work kill MIN-1', 'workspace create MIN-1', 'workspace destroy MIN-1 --force'];
    assert.deepEqual(
      mending.map((words) => nextStep({ agent: asking, next: `pan ${words}` })),
      [
        { label: 'Kill', act: 'kill' },
        { label: 'Repair', act: 'repair' },
        { label: 'Destroy Workspace...', act: 'destroy' },
      ],
    );
    const others = [null, 'pan work done MIN-1', 'pan project remove x', 'rm -rf /'];
    assert.deepEqual(
      others.map((next) => nextStep({ agent: asking, next })),
      [null, null, null, null],
    );
  });

  it('gives one that crashed before its conversation began the same advice as the runner', () => {
    const note = noteOf(agent('crashed'), 'pan work issue MIN-1 --runtime claude');
    assert.deepEqual(note?.button, { label: 'Start Agent...', act: 'start' });
  });

  it('notes nothing about those that work, wait or rest', () => {
    assert.deepEqual(
      [noteOf(agent('working')), noteOf(agent('waiting', { ask: ask('plan') })), noteOf(agent('idle'))],
      [undefined, undefined, undefined],
    );
  });

  it('announces states and questions', () => {
    assert.equal(announcementOf(agent('waiting', { ask: ask('question') })), 'MIN-1: Waiting for you, Keep the BOM?');
    assert.equal(announcementOf(agent('working')), 'MIN-1: Working');
  });

  it('says "delivered" only of what was', () => {
    const lines = (['delivered', 'queued', 'sent', 'failed'] as const).map((outcome) =>
      receiptOf({ outcome, detail: 'So it is.', tookMs: outcome === 'delivered' ? 212 : null }),
    );
    assert.deepEqual(lines, [
      'Delivered 0.2 s (So it is.)',
      'Queued. So it is.',
      'Sent, without a receipt. So it is.',
      'Not delivered: So it is.',
    ]);
  });

  it('follows what was queued until it was delivered, dropped, or waits for something else', () => {
    const sent = { text: 'Go on.', createdAt: until, id: '1' };
    const mail = [{ ...sent, state: 'queued' as const }];
    const told: Told = {
      text: 'Go on.',
      result: { outcome: 'queued', detail: 'It asks.', tookMs: null },
      status: 'waiting',
      mail,
    };
    assert.equal(receiptNow(told, { mail, status: 'waiting' }), 'Queued. It asks.');
    assert.equal(receiptNow(told, { mail, status: 'working' }), undefined);
    assert.equal(receiptNow(told, { mail: [], status: 'waiting' }), undefined);
    const states = (['typed', 'delivered', 'sent', 'unconfirmed'] as const).map((state) =>
      receiptNow(told, { mail: [{ ...sent, state }], status: 'waiting' }),
    );
    assert.deepEqual(states, [
      'Queued. It asks.',
      'Delivered.',
      'Sent, without a receipt.',
      'It is not known whether the message arrived.',
    ]);
    const delivered: Told = { ...told, result: { outcome: 'delivered', detail: 'Read.', tookMs: 300 } };
    assert.equal(receiptNow(delivered, { mail: [], status: 'idle' }), 'Delivered 0.3 s (Read.)');
  });

  it('names the tool and the folder of a request', () => {
    const request = {
      kind: 'permission',
      runtime: 'claude',
      tool: 'Bash',
      cwd: '/src/myn/workspaces/feature-min-1/',
    } as const;
    assert.equal(requestTitle(request), 'claude wants to run, in feature-min-1');
    assert.equal(requestTitle({ ...request, tool: 'WebFetch' }), 'claude wants to use WebFetch, in feature-min-1');
    assert.equal(requestTitle({ ...request, tool: 'Edit' }), 'claude wants to edit, in feature-min-1');
    assert.equal(requestTitle({ ...request, kind: 'question' }), 'claude asks');
    assert.equal(requestTitle({ ...request, kind: 'plan' }), 'claude has a plan to review');
  });

  it('offers only the answers that a request takes', () => {
    const labels = answerButtons({ kind: 'permission', answers: ['allow', 'deny'] }).map(({ label }) => label);
    assert.deepEqual(labels, ['Allow Once', 'Deny']);
    const session = answerButtons({ kind: 'permission', answers: ['session'] }).map(({ label }) => label);
    assert.deepEqual(session, ['Allow for This Session']);
    const plan = answerButtons({ kind: 'plan', answers: ['allow', 'session', 'deny'] }).map(({ label }) => label);
    assert.deepEqual(plan, ['Approve Plan', 'Approve for This Session', 'Reject Plan']);
    assert.deepEqual(answerButtons({ kind: 'permission', answers: [] }), []);
  });

  it('rounds ages down', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    const ages = ['12:00:05', '11:59:58', '11:56:01', '09:00:01', '00:00:00'].map((time) =>
      ageOf(`2026-11-22T${time}Z`, now),
    );
    assert.deepEqual(
      [...ages, ageOf('2026-11-17T12:00:00Z', now)],
      ['<1 min', '<1 min', '3 min', '2 h', '12 h', '5 d'],
    );
  });
});

function agent(status: Agent['status'], more: Partial<Agent> = {}) {
  return {
    issueId: 'MIN-1',
    status,
    reason: '',
    runtime: 'claude',
    ask: null,
    parked: null,
    trouble: null,
    sessionId: 's',
    ...more,
  };
}

function noteOf(shown: ReturnType<typeof agent>, next: string | null = null) {
  return stateNote({ agent: shown, next }, false);
}

function ask(kind: AgentAsk['kind']): AgentAsk {
  return { requestId: 'r', kind, oneLine: 'Keep the BOM?', brief: true, answers: [], options: [], since: until };
}
