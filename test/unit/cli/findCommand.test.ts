import assert from 'node:assert/strict';
import { commandTable } from '../../../runner/cli/commandTable.ts';
import { findCommand } from '../../../runner/cli/findCommand.ts';

const find = (line: string) => findCommand(line.split(' ').filter(Boolean), Object.keys(commandTable));

describe('findCommand', () => {
  it('takes the longest path that is a command', () => {
    assert.deepEqual(find('work hook check MIN-1'), { kind: 'command', path: 'work hook check', rest: ['MIN-1'] });
    assert.deepEqual(find('hook'), { kind: 'command', path: 'hook', rest: [] });
    assert.deepEqual(find('status --json'), { kind: 'command', path: 'status', rest: ['--json'] });
  });

  it('takes options that stand before the command', () => {
    assert.deepEqual(find('--color never --json work status'), {
      kind: 'command',
      path: 'work status',
      rest: ['--color', 'never', '--json'],
    });
  });

  it('leaves words after the command alone, also when they name a command', () => {
    assert.deepEqual(find('issue create status -- help'), {
      kind: 'command',
      path: 'issue create',
      rest: ['status', '--', 'help'],
    });
  });

  it('shows help for nothing, for a group, and where it is asked for', () => {
    assert.deepEqual(find(''), { kind: 'help', topic: '' });
    assert.deepEqual(find('--help'), { kind: 'help', topic: '' });
    assert.deepEqual(find('help'), { kind: 'help', topic: '' });
    assert.deepEqual(find('work'), { kind: 'help', topic: 'work' });
    assert.deepEqual(find('work --help'), { kind: 'help', topic: 'work' });
    assert.deepEqual(find('work hook'), { kind: 'help', topic: 'work hook' });
    assert.deepEqual(find('help work tell'), { kind: 'help', topic: 'work tell' });
  });

  it('knows what other programs call it', () => {
    const suggested = (line: string) => {
      const found = find(line);
      return found.kind === 'unknown' ? found.suggestions : [];
    };
    for (const verb of ['tell', 'answer', 'logs', 'attach', 'requests', 'why', 'kill', 'resume'])
      assert.deepEqual(suggested(`${verb} MIN-1`), [`work ${verb}`]);
    for (const line of ['list', 'ls', 'work ls', 'work list'])
      assert.deepEqual(suggested(line), ['work status', 'issue list']);
    assert.deepEqual(suggested('ps'), ['work status']);
    assert.deepEqual(suggested('start MIN-1'), ['work issue']);
    assert.deepEqual(suggested('stop MIN-1'), ['work kill', 'daemon stop']);
    assert.deepEqual(suggested('constructor'), []);
  });

  it('suggests what was meant', () => {
    assert.deepEqual(find('work stauts'), { kind: 'unknown', words: 'work stauts', suggestions: ['work status'] });
    assert.deepEqual(find('wrok status'), { kind: 'unknown', words: 'wrok', suggestions: ['work status'] });
    assert.deepEqual(find('tell MIN-1 x'), { kind: 'unknown', words: 'tell', suggestions: ['work tell'] });
    assert.deepEqual(find('frobnicate'), { kind: 'unknown', words: 'frobnicate', suggestions: [] });
    assert.deepEqual(find('work --force'), { kind: 'unknown', words: 'work --force', suggestions: [] });
  });
});
