import assert from 'node:assert/strict';
import { parse } from 'valibot';
import { agentStartParams } from '../../../runner/daemon/paramSchemas.ts';
import type { AgentStartParams } from '../../../runner/protocol/requests.ts';

describe('what comes over the socket', () => {
  it('keeps everything that a start may say', () => {
    const said: Required<AgentStartParams> = {
      id: 'MIN-1',
      runtime: 'claude',
      model: 'opus',
      mode: 'bypass',
      allowBypass: true,
      progressToken: '1',
    };
    assert.deepEqual(parse(agentStartParams, said), said);
  });
});
