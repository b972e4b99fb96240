import assert from 'node:assert/strict';
import { type NeedStep, needStep } from '../../../../extension/src/fleet/needStep.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import { anAsk } from '../../attention/models.ts';
import { anAgent } from '../../cli/models.ts';

describe('what a person does for an agent', () => {
  const table: [what: string, agent: Partial<Agent>, NeedStep][] = [
    ['that asks something', { status: 'waiting', ask: anAsk(), pid: 7 }, 'answer'],
    ['that waits for what only its terminal knows', { status: 'waiting', pid: 7 }, 'attach'],
    ['that waits, with nothing to attach to', { status: 'waiting', pid: null }, 'why'],
    ['that is logged out', { status: 'parked', parked: { cause: 'login', until: null }, pid: 7 }, 'login'],
    [
      'that is logged out of a tool whose login nobody knows',
      { status: 'parked', parked: { cause: 'login', until: null }, runtime: 'command', pid: 7 },
      'attach',
    ],
    ['that needs another model', { status: 'parked', parked: { cause: 'model', until: null }, pid: 7 }, 'attach'],
    ['that is stuck', { status: 'stuck', pid: 7 }, 'why'],
    ['that crashed', { status: 'crashed', pid: null }, 'why'],
  ];
  for (const [what, agent, step] of table) {
    it(`${what}: ${step}`, () => assert.equal(needStep(anAgent({ ask: null, ...agent })), step));
  }
});
