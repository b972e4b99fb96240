import assert from 'node:assert/strict';
import { failureNotice } from '../../../../extension/src/commands/failureNotice.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';

const known = new Set([
  'panopticon.agent.start',
  'panopticon.agent.why',
  'panopticon.runner.restart',
  'panopticon.workspace.repair',
]);
const notice = (code: string, message: string, hint?: string) =>
  failureNotice(new UserError({ code, message, hint }), known);

describe('what is said about a failure', () => {
  it('is its message and its hint', () => {
    assert.deepEqual(notice('emptyMessage', 'The message is empty.', 'Write what the agent should do.'), {
      severity: 'warning',
      text: 'The message is empty. Write what the agent should do.',
      actions: [],
    });
  });

  it('is a button instead of a command line, where a button does the same', () => {
    assert.deepEqual(notice('noAgent', 'MIN-1 has no agent yet.', 'Start one: pan work issue MIN-1'), {
      severity: 'warning',
      text: 'MIN-1 has no agent yet.',
      actions: [{ title: 'Start Agent', command: 'panopticon.agent.start' }],
    });
  });

  it('repairs a workspace by a button', () => {
    const codes = ['workspaceMissing', 'workspaceCreating', 'workspaceHalfMade', 'workspaceCorrupted'];
    assert.deepEqual(
      codes.map((code) => notice(code, 'It is gone.', 'Make it: pan workspace create MIN-1').actions),
      [...Array(3).fill([{ title: 'Repair', command: 'panopticon.workspace.repair' }]), []],
    );
  });

  it('ends and removes by buttons what cannot be mended', () => {
    const all = new Set(['panopticon.agent.diff', 'panopticon.agent.kill', 'panopticon.workspace.destroy']);
    const titles = ['unreadable', 'workspaceCorrupted', 'workspaceInTheWay', 'workspaceOccupied'].map((code) => {
      const thrown = new UserError({ code, message: 'It is so.', hint: 'Remove it: pan workspace destroy MIN-1' });
      return failureNotice(thrown, all).actions.map(({ title }) => title);
    });
    // What is no folder of ours can only be moved away.
    assert.deepEqual(titles, [['Kill Agent'], ['Destroy Workspace'], ['Show Changes', 'Destroy Workspace'], []]);
  });

  it('keeps the command line where no button does it', () => {
    const { text, actions } = notice(
      'alreadyRunning',
      'MIN-1 already has an agent.',
      'Look at it: pan work attach MIN-1',
    );
    assert.deepEqual([text, actions], ['MIN-1 already has an agent. Look at it: pan work attach MIN-1', []]);
  });

  it('is calm about what is over, or was given up on purpose', () => {
    assert.deepEqual(
      ['requestGone', 'canceled', 'workspaceLocked'].map((code) => notice(code, 'It is so.').severity),
      ['info', 'info', 'warning'],
    );
  });

  it('says in passing that there was nothing to do', () => {
    assert.deepEqual(notice('nothingToDo', 'Nothing was rescued.'), {
      severity: 'passing',
      text: 'Nothing was rescued.',
      actions: [],
    });
  });

  it('says of a lost connection what was not harmed', () => {
    assert.deepEqual(notice('connectionLost', 'The runner ended before it answered.', 'pan daemon log'), {
      severity: 'error',
      text: 'The runner stopped before it answered. Your agents keep working.',
      actions: [{ title: 'Restart Runner', command: 'panopticon.runner.restart' }],
    });
  });

  it('calls everything else our bug, and offers the log', () => {
    assert.deepEqual(failureNotice(new TypeError('x is undefined'), known), {
      severity: 'error',
      text: 'This is a bug in Panopticon.',
      actions: [{ title: 'Show Log', command: null }],
    });
  });

  it('makes no link of what a stranger wrote', () => {
    const { text } = notice('badField', 'The title "[Fix](command:x)\nnow" is too long.');
    assert.equal(text, 'The title "[Fix]\u200b(command:x) ⏎ now" is too long.');
  });
});
