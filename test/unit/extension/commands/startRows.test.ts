import assert from 'node:assert/strict';
import { modeRows, runtimeRows, startRows } from '../../../../extension/src/commands/start/startRows.ts';
import type { RuntimeChoice } from '../../../../runner/protocol/runtimeChoice.ts';

const runtime = (changes: Partial<RuntimeChoice>): RuntimeChoice => ({
  name: 'claude',
  ready: true,
  reason: null,
  fix: null,
  version: '2.1.330',
  model: 'sonnet',
  mode: 'auto',
  modes: ['plan', 'ask', 'auto', 'bypass'],
  isDefault: false,
  ...changes,
});
const claude = runtime({ isDefault: true });
const codex = runtime({ name: 'codex', model: null });
const gemini = runtime({
  name: 'gemini',
  ready: false,
  reason: 'gemini was not found.',
  fix: 'npm install -g @google/gemini-cli',
});
const list = { runtimes: [codex, claude, gemini], bypassAllowed: false };
const shown = (rows: ReturnType<typeof startRows>) =>
  rows.map((row) => ('heading' in row ? '-' : [row.label, row.description ?? row.detail ?? ''].join(' | ')));
const ends = [
  '-',
  'Choose Runtime, Model and Mode... | ',
  'gemini | gemini was not found. Fix: npm install -g @google/gemini-cli',
];

describe('the picker of a start', () => {
  it('begins with what the project starts by itself, and ends with what cannot be started', () => {
    assert.deepEqual(shown(startRows(list, undefined, 'shop')), [
      'claude · sonnet · auto | default',
      'codex · auto | ',
      ...ends,
    ]);
  });

  it('begins with what was used last in the project', () => {
    assert.deepEqual(shown(startRows(list, { runtime: 'codex', model: 'gpt-5', mode: 'ask' }, 'shop')), [
      'codex · gpt-5 · ask | last used in shop',
      'claude · sonnet · auto | default',
      'codex · auto | ',
      ...ends,
    ]);
  });

  it('lists what was used last once where it is the usual', () => {
    assert.deepEqual(shown(startRows(list, { runtime: 'claude' }, 'shop')), [
      'claude · sonnet · auto | last used in shop',
      'codex · auto | ',
      ...ends,
    ]);
  });

  it('passes over what was used last and cannot be started', () => {
    assert.equal(shown(startRows(list, { runtime: 'gemini' }, 'shop'))[0], 'claude · sonnet · auto | default');
  });

  it('says before Enter that a tool is logged out', () => {
    const loggedOut = {
      runtimes: [runtime({ isDefault: true, reason: 'It is not logged in.' })],
      bypassAllowed: false,
    };
    const details = [
      startRows(loggedOut, undefined, 'shop')[0],
      startRows(loggedOut, { runtime: 'claude', mode: 'ask' }, 'shop')[0],
      runtimeRows(loggedOut)[0],
    ].map((row) => row !== undefined && 'detail' in row && row.detail);
    assert.deepEqual(details, ['It is not logged in.', 'It is not logged in.', 'It is not logged in.']);
  });

  it('says of the rehearsal that nothing real is done', () => {
    const [first] = startRows(
      { runtimes: [runtime({ name: 'rehearsal', model: null })], bypassAllowed: false },
      undefined,
      'shop',
    );
    assert.equal(
      first !== undefined && 'detail' in first && first.detail,
      'A script plays the agent: no model, no real work.',
    );
  });

  it('keeps the word bypass in the line', () => {
    const bold = { runtimes: [runtime({ mode: 'bypass' })], bypassAllowed: true };
    assert.equal(shown(startRows(bold, undefined, 'shop'))[0], 'claude · sonnet · bypass | ');
  });
});

describe('choosing one by one', () => {
  it('begins with the default, and says why a runtime cannot be started', () => {
    assert.deepEqual(
      runtimeRows({ ...list, runtimes: [gemini, ...list.runtimes] }).map((row) => [
        row.label,
        row.description,
        row.detail,
      ]),
      [
        ['claude', '2.1.330 · default', undefined],
        ['codex', '2.1.330', undefined],
        ['gemini', '2.1.330', 'gemini was not found.'],
        ['gemini', '2.1.330', 'gemini was not found.'],
      ],
    );
  });

  it('begins with the mode that the runtime starts with by itself', () => {
    assert.deepEqual(
      modeRows(runtime({ mode: 'ask' })).map(({ value, description }) => [value, description]),
      [
        ['ask', 'default'],
        ['plan', undefined],
        ['auto', undefined],
        ['bypass', undefined],
      ],
    );
  });

  it('starts with Enter alone what the first line of the picker starts', () => {
    const careful = runtime({ name: 'rehearsal', model: null, mode: 'ask', isDefault: true });
    const all = { runtimes: [codex, careful], bypassAllowed: false };
    const [first] = runtimeRows(all);
    assert.equal(first?.value, careful);
    assert.equal(shown(startRows(all, undefined, 'shop'))[0], `rehearsal · ${modeRows(careful)[0]?.value} | default`);
  });
});
