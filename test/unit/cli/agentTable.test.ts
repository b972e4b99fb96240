import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { agentTable, troubleLines } from '../../../runner/cli/render/agentTable.ts';
import { lookFor } from './lookFor.ts';
import { anAgent, aTrouble } from './models.ts';

const agents = [
  anAgent({ issueId: 'MIN-160', title: 'Search is slow on large accounts', since: '2026-11-22T14:34:00.000Z' }),
  anAgent({ status: 'waiting', reason: 'allow: npm test -- --runInBand auth' }),
  anAgent({
    issueId: 'MIN-9',
    title: 'Fix timezone drift',
    status: 'crashed',
    runtime: 'rehearsal',
    model: 'slow',
    reason: '3 times in 5 min, left stopped',
    since: '2026-11-22T13:00:00.000Z',
    hookItems: 3,
  }),
];

describe('the table of agents', () => {
  it('fits 80 columns: the title gives way first, then the reason, never id, state and age', async () => {
    assert.equal(
      agentTable(agents, await lookFor(agents)),
      [
        '  ID      TITLE                  STATE   FOR  TOOL      WHY',
        '◆ MIN-142 Rate-limit login       waiting  4m  claude    allow: npm test -- --ru…',
        '✗ MIN-9   Fix timezone drift     crashed  1h  rehearsal 3 times in 5 min, left…',
        '● MIN-160 Search is slow on lar… working  1m  claude    reading 14 files',
      ].join('\n'),
    );
  });

  it('shows the model and the hook where there is room', async () => {
    assert.equal(
      agentTable(agents, await lookFor(agents, { width: 120 })),
      [
        '  ID      TITLE                            STATE   FOR  TOOL           HOOK WHY',
        '◆ MIN-142 Rate-limit login                 waiting  4m  claude            0 allow: npm test -- --runInBand auth',
        '✗ MIN-9   Fix timezone drift               crashed  1h  rehearsal slow    3 3 times in 5 min, left stopped',
        '● MIN-160 Search is slow on large accounts working  1m  claude            0 reading 14 files',
      ].join('\n'),
    );
  });

  it('says of an agent that it may do everything, also where there is no room', async () => {
    const [first = anAgent()] = agents;
    const bypassing = [anAgent({ ...first, mode: 'bypass', model: 'opus' })];
    const rows = [80, 120].map(
      async (width) => agentTable(bypassing, await lookFor(bypassing, { width })).split('\n')[1],
    );
    assert.deepEqual(await Promise.all(rows), [
      '● MIN-160 Search is slow on large a… working  1m  claude bypass reading 14 files',
      '● MIN-160 Search is slow on large accounts working  1m  claude opus bypass    0 reading 14 files',
    ]);
  });

  it('says first what hinders an agent, and below what mends it', async () => {
    const hindered = [anAgent({ trouble: aTrouble() }), ...agents];
    const shown = agentTable(hindered, await lookFor(hindered, { width: 120 }));
    assert.match(shown, /^● MIN-142 .* workspace missing; reading 14 files$/m);
    assert.deepEqual(troubleLines(hindered), [
      'The workspace folder of MIN-142 is missing. Mend it: pan workspace create MIN-142',
    ]);
  });

  it('draws with ASCII where nothing else can be shown', async () => {
    const drawn = agentTable(agents, await lookFor(agents, { unicode: false, width: 70 }));
    assert.match(drawn, /^[\n -~]*$/);
    assert.match(drawn, /^! MIN-142 /m);
    assert.match(drawn, /\.\.\.$/m);
  });

  it('colours the symbol and the word of the state, and nothing else', async () => {
    const drawn = agentTable([agents[0] ?? anAgent()], await lookFor(agents, { color: true }));
    const [, row = ''] = drawn.split('\n');
    assert.equal(
      row.replaceAll('\u001b[34m', '<').replaceAll('\u001b[0m', '>'),
      '<●> MIN-160 Search is slow on large accounts <working>  1m  claude reading 14 files',
    );
  });

  it('keeps hostile, wide and combined characters in their column', async () => {
    const hostile = [
      '\u001b]0;owned\u0007plain \u001b[31mred\u001b[0m\r\nsecond line',
      '登录限速登录限速登录限速登录限速登录限速',
      '👩‍👩‍👧‍👦 family 🇩🇪 e\u0301',
      '\u202eevil',
    ].map((title, index) => anAgent({ issueId: `MIN-${index}`, title }));
    for (const width of [80, 120, Number.POSITIVE_INFINITY]) {
      const lines = agentTable(hostile, await lookFor(hostile, { width })).split('\n');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
      assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u007f-\u009f\u202e]|owned/);
      const starts = lines.slice(1).map((line) => stringWidth(line.slice(0, line.indexOf('working'))));
      assert.equal(new Set(starts).size, 1, lines.join('\n'));
      for (const line of lines) assert.ok(stringWidth(line) <= width, line);
    }
  });

  it('cuts nothing off when the output is not a terminal', async () => {
    const long = [anAgent({ title: 't'.repeat(300), reason: 'r'.repeat(300) })];
    const drawn = agentTable(long, await lookFor(long, { width: Number.POSITIVE_INFINITY }));
    assert.match(drawn, /t{300} .*r{300}/);
  });
});
