import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentShape } from '../../../extension/src/panels/agentShape.ts';
import { agentStatuses } from '../../../runner/protocol/enumerations.ts';
import { stateWords } from '../../../webview/agent/stateWords.ts';
import { shapes } from '../../../webview/shared/shapes.ts';

const folder = 'media/agents';

describe('the icon of an agent', () => {
  it('is the same in its tab and in its view', () => {
    for (const status of agentStatuses) {
      const agent = { status, ask: null, parked: null };
      assert.equal(agentShape(agent), stateWords(agent).shape);
    }
    for (const cause of ['limit', 'login', 'model', 'other'] as const) {
      const agent = { status: 'parked', ask: null, parked: { cause, until: null } } as const;
      assert.equal(agentShape(agent), stateWords(agent).shape);
    }
    assert.equal(agentShape(undefined), 'unknown');
  });

  it('has a drawing for light and dark tabs, with the lines of the view', () => {
    const drawings: ReadonlyMap<string, string> = new Map(Object.entries(shapes));
    for (const file of readdirSync(folder)) {
      const [, shape = ''] = /^(\w+)-(?:light|dark)\.svg$/.exec(file) ?? [];
      const line = / d="([^"]+)"/.exec(readFileSync(path.join(folder, file), 'utf8'))?.[1];
      assert.equal(line, drawings.get(shape), file);
    }
    const wanted = agentStatuses.map((status) => agentShape({ status, ask: null, parked: null }));
    const files = new Set(readdirSync(folder));
    for (const shape of wanted) assert.ok(files.has(`${shape}-light.svg`) && files.has(`${shape}-dark.svg`), shape);
  });
});
