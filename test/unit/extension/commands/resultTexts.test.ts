import assert from 'node:assert/strict';
import {
  hookPlaceText,
  killedText,
  named,
  recoveredText,
  toldAllText,
  toldText,
} from '../../../../extension/src/commands/resultTexts.ts';
import type { TellOutcome } from '../../../../runner/protocol/enumerations.ts';
import { anAgent } from '../../cli/models.ts';

const told = (outcome: TellOutcome, detail = '', tookMs: number | null = null) => ({
  issueId: 'MIN-142',
  result: { outcome, detail, tookMs },
});
const killed = (issueId: string, sessionId: string | null) => anAgent({ issueId, sessionId });

describe('what is said of a result', () => {
  const table: [string, string][] = [
    [named(['A-1']), 'A-1'],
    [named(['A-1', 'A-2']), 'A-1 and A-2'],
    [named(['A-1', 'A-2', 'A-3']), 'A-1, A-2 and A-3'],
    [named(['A-1', 'A-2', 'A-3', 'A-4']), 'A-1, A-2 and 2 others'],
    [killedText([killed('MIN-142', 's')]), 'Killed MIN-142. Workspace and conversation are kept.'],
    [killedText([killed('MIN-142', null)]), 'Killed MIN-142. Workspace is kept.'],
    [
      killedText([killed('MIN-1', 's'), killed('MIN-2', 's')]),
      'Killed MIN-1 and MIN-2. Workspaces and conversations are kept.',
    ],
    [toldText(told('delivered', 'its hook reported it', 230)), 'Delivered to MIN-142 in 0.2 s'],
    [toldText(told('delivered', 'wasReported')), 'Delivered to MIN-142'],
    [toldText(told('queued', 'MIN-142 is asking something')), 'Queued: MIN-142 is asking something'],
    [toldText(told('sent', 'goose cannot confirm it')), 'Sent to MIN-142: goose cannot confirm it'],
    [toldText(told('failed', 'not taken in 10 s')), 'MIN-142 did not get the message: not taken in 10 s'],
    [
      toldAllText([told('delivered'), told('delivered'), told('queued'), told('failed')]),
      'Told 4 agents: 2 delivered, 1 queued, 1 not delivered.',
    ],
    [recoveredText(5, [], 5), '5 recovered.'],
    [recoveredText(1, [], 5), 'Canceled: 1 of 5 recovered.'],
    [
      recoveredText(0, [{ issueId: 'MIN-3', why: 'It is so.' }], 5),
      'Canceled: 0 of 5 recovered, 1 needs you. MIN-3 cannot be resumed: It is so.',
    ],
    [
      recoveredText(4, [{ issueId: 'MIN-3', why: 'MIN-3 cannot be resumed: it never came up.' }], 5),
      '4 recovered, 1 needs you. MIN-3 cannot be resumed: it never came up.',
    ],
    [
      recoveredText(
        0,
        [
          { issueId: 'MIN-3', why: 'MIN-3 cannot be resumed: it has no conversation yet.' },
          { issueId: 'MIN-4', why: 'It is so.' },
        ],
        2,
      ),
      '2 need you. MIN-3 cannot be resumed: it has no conversation yet. Nor can MIN-4.',
    ],
    [hookPlaceText('MIN-142', 2, 2), "On MIN-142's hook, 2nd of 2"],
    [hookPlaceText('MIN-142', 11, 21), "On MIN-142's hook, 11th of 21"],
    [hookPlaceText('MIN-142', 21, 21), "On MIN-142's hook, 21st of 21"],
  ];
  for (const [text, expected] of table) it(`is "${expected}"`, () => assert.equal(text, expected));
});
