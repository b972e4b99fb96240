import assert from 'node:assert/strict';
import { muteUntil } from '../../../runner/cli/muteUntil.ts';
import { now, runPan } from './runPan.ts';

const answers = { 'attention.mute': (params: unknown) => params };

describe('pan mute', () => {
  const today = new Date(2026, 10, 22, 14, 35);
  const table: [string | undefined, string][] = [
    [undefined, 'Notifications are paused until you resume them: pan unmute\n'],
    ['always', 'Notifications are paused until you resume them: pan unmute\n'],
    ['15m', 'Notifications are paused until 14:50.\n'],
    ['2h', 'Notifications are paused until 16:35.\n'],
    ['10h', 'Notifications are paused until Mon 00:35.\n'],
    ['tomorrow', 'Notifications are paused until Mon 08:00.\n'],
  ];
  for (const [span, said] of table) {
    it(`says until when: ${span ?? 'nothing given'}`, async () => {
      const words = span === undefined ? [] : [span];
      const ran = await runPan(['mute', ...words], { answers, host: { now: () => today } });
      assert.deepEqual([ran.code, ran.stdout], [0, said]);
    });
  }

  it('sends the time, and prints it as a document', async () => {
    const ran = await runPan(['mute', '1h', '--json'], { answers });
    assert.deepEqual(ran.calls, [{ method: 'attention.mute', params: { until: '2026-11-22T15:35:00.000Z' } }]);
    assert.deepEqual(JSON.parse(ran.stdout), { until: '2026-11-22T15:35:00.000Z' });
  });

  it('refuses what is no time, before anything is asked', async () => {
    for (const text of ['', '0m', '15', '15s', '1d', '-1h', '99999m', 'Tomorrow']) {
      assert.throws(() => muteUntil(text, now), { code: 'usage' }, text);
    }
    const ran = await runPan(['mute', 'soon'], { answers });
    assert.deepEqual([ran.code, ran.calls], [2, []]);
  });
});

describe('pan unmute', () => {
  it('resumes notifications', async () => {
    const ran = await runPan(['unmute'], { answers });
    assert.deepEqual(
      [ran.stdout, ran.calls],
      ['Notifications are on again.\n', [{ method: 'attention.mute', params: { until: null } }]],
    );
  });
});
