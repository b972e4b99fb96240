import type { ToolStage } from './toolStage.ts';

/** What the model replies in a scene, so that a script can play it as well. */
export type ScriptedReply = 'say' | 'shell' | 'hang' | 'limit';

export interface Scene {
  /** Turn by turn; of a tool whose turn a refusal ends. */
  replies: readonly (readonly ScriptedReply[])[];
  /** Begins and ends with an idle agent. */
  play(stage: ToolStage): Promise<void>;
  /** Whether it can be played with this tool; always, unless given. */
  fits?(tool: ToolStage['tool']): boolean;
}

/** Each goes through states of which the tester knows when they begin. */
export const scenes: readonly Scene[] = [
  {
    replies: [['say']],
    async play(stage) {
      await stage.begin();
      await stage.hold();
      stage.say();
      await stage.hold();
    },
  },
  { replies: [['shell', 'say']], play: (stage) => runAllowed(stage, 'from outside') },
  {
    replies: [['shell', 'say']],
    fits: ({ allowKey }) => allowKey !== null,
    play: (stage) => runAllowed(stage, 'by key'),
  },
  {
    replies: [['shell']],
    async play(stage) {
      await askAndWait(stage);
      await stage.deny();
      await stage.hold();
      if (stage.tool.refusalEndsTurn) return;
      stage.say();
      await stage.hold();
    },
  },
  {
    replies: [['shell']],
    async play(stage) {
      await askAndWait(stage);
      stage.dismiss();
      await stage.hold();
    },
  },
  {
    replies: [['hang']],
    async play(stage) {
      await stage.begin();
      await stage.hold();
      await stage.interrupt('Esc -> idle');
      await stage.hold();
    },
  },
  {
    replies: [['hang']],
    async play(stage) {
      await stage.begin();
      stage.hang();
      await stage.hold(2.5);
      await stage.interrupt('Esc in a hang -> idle');
      await stage.hold();
    },
  },
  {
    replies: [['limit'], ['say']],
    async play(stage) {
      await stage.begin();
      await stage.hold();
      stage.limit();
      await stage.hold(1.5);
      stage.leaveLimit();
      await stage.hold();
      await stage.begin();
      await stage.hold();
      stage.say();
      await stage.hold();
    },
  },
];

async function askAndWait(stage: ToolStage): Promise<void> {
  await stage.begin();
  stage.ask();
  await stage.hold();
}

async function runAllowed(stage: ToolStage, how: 'from outside' | 'by key'): Promise<void> {
  await askAndWait(stage);
  await stage.allow(how);
  await stage.hold();
  await stage.finish();
  stage.say();
  await stage.hold();
}
