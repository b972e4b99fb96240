import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { MutingState } from '../../../../extension/src/attention/mutingState.ts';
import { muteChoices } from '../../../../extension/src/commands/attention/muteChoices.ts';
import { Signal } from '../../../../extension/src/signal.ts';
import type { Muting } from '../../../../runner/protocol/attention.ts';
import type { DidChangeParams } from '../../../../runner/protocol/requests.ts';

describe('a pause of notifications', () => {
  it('is known as the runner says it, and told when it changes', async () => {
    const changes = new Signal<DidChangeParams>();
    let muting: Muting = { until: null };
    let asked = 0;
    const attention = {
      muting: async () => {
        asked += 1;
        return muting;
      },
    };
    const runner = { onDidChange: changes.event, connected: () => ({ attention }) };
    const state = new MutingState({ runner, log: { warn: (message) => assert.fail(message) } });
    const told: Muting['until'][] = [];
    state.onDidChange(() => told.push(state.current.until));
    changes.fire({ scope: 'agents', ids: [] });
    changes.fire({ scope: 'attention', ids: [] });
    await turn();
    muting = { until: 'always' };
    changes.fire({ scope: 'attention', ids: [] });
    await turn();
    assert.deepEqual([asked, told, state.isMuted], [2, ['always'], true]);
    state.dispose();
    changes.fire({ scope: 'attention', ids: [] });
    assert.equal(asked, 2);
  });

  it('may last for minutes, until the next morning, or until the person resumes', () => {
    const now = new Date(2026, 10, 22, 23, 30);
    assert.deepEqual(muteChoices(now), [
      { label: '15 Minutes', until: new Date(2026, 10, 22, 23, 45).toISOString() },
      { label: '1 Hour', until: new Date(2026, 10, 23, 0, 30).toISOString() },
      { label: 'Until Tomorrow, 08:00', until: new Date(2026, 10, 23, 8).toISOString() },
      { label: 'Until I Resume', until: 'always' },
    ]);
  });
});
