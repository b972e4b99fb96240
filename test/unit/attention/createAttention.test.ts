import assert from 'node:assert/strict';
import path from 'node:path';
import { createAttention } from '../../../runner/core/attention/createAttention.ts';
import { Changes } from '../../../runner/core/changes.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import type { Notice } from '../../../runner/protocol/attention.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';
import { asking, aWindow, numbered } from './models.ts';

describe('an announcement', () => {
  const folder = useTempFolder();

  for (const [what, agent] of [
    ['what is asked', asking(1)],
    ['what changed', numbered(1, { status: 'done' })],
  ] as const) {
    it(`comes also where ${what} cannot be read`, async () => {
      const warnings: string[] = [];
      const note = (text: string): void => void warnings.push(text);
      const changes = new Changes();
      let agents = [numbered(1)];
      let looks = 0;
      const list = async () => {
        looks += 1;
        return agents;
      };
      const until = (isSo: () => boolean) =>
        waitFor(() => isSo() || undefined, { what: 'the announcement', timeoutMs: 5_000 });
      const attention = createAttention({
        paths: { attentionFile: path.join(folder(), 'attention.json') },
        clock: systemClock,
        log: { info: note, warn: note, error: (text, error) => assert.fail(`${text} ${error}`) },
        changes,
        exec: () => assert.fail('nothing is run'),
        platform: 'linux',
        agents: { list },
        requests: { list: () => Promise.reject(new Error('the disk failed')) },
        workspaces: { changes: () => Promise.reject(new Error('the disk failed')) },
      });
      await attention.start();
      const presented: Notice[] = [];
      const client = { present: (notice: Notice) => void presented.push(notice), didAge: () => undefined };
      attention.window(client, aWindow({ policy: { ...aWindow().policy, delaySeconds: 0 } }));
      await until(() => looks > 0);
      agents = [agent];
      changes.fire({ scope: 'agents', ids: [agent.id] });
      await until(() => presented.length > 0);
      attention.stop();
      assert.deepEqual(
        presented.map((notice) => [notice.agents, notice.request]),
        [[[agent.id], null]],
      );
      assert.match(warnings.join(), /the disk failed/);
    });
  }
});
