import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patienceMs, type RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { ModelPart, ModelRequest } from './modelPart.ts';
import type { ScriptedReply } from './scenes.ts';
import { gatesOf, type StageTool } from './toolStage.ts';

type Step = Readonly<Record<string, unknown>>;

/** The rehearsal has no model: its script shows by files when it would ask one, and waits for files before it goes on. */
export class RehearsedModel implements ModelPart {
  private readonly gates: string;
  private asked = 0;

  /** Writes the script of a home whose rehearsal will get these replies, turn by turn. */
  constructor(home: RunnerHome, turns: readonly (readonly ScriptedReply[])[]) {
    this.gates = gatesOf(home);
    mkdirSync(this.gates, { recursive: true });
    let requests = 0;
    let commands = 0;
    const steps = (reply: ScriptedReply): Step[] => {
      requests += 1;
      if (reply === 'shell') commands += 1;
      return [
        { run: ['touch', this.file('begun', requests)] },
        { waitFor: { path: this.file('next', requests) } },
        ...this.replySteps(reply, commands),
      ];
    };
    home.script(turns.map((replies) => replies.flatMap(steps)));
  }

  async request(): Promise<ModelRequest> {
    this.asked += 1;
    const number = this.asked;
    const probe = () => existsSync(this.file('begun', number)) || undefined;
    await waitFor(probe, { timeoutMs: patienceMs, what: `request ${number} of the rehearsal` });
    return { reply: () => writeFileSync(this.file('next', number), '') };
  }

  /** Its Escape works at once. */
  quiet(): Promise<void> {
    return Promise.resolve();
  }

  private replySteps(reply: ScriptedReply, command: number): Step[] {
    switch (reply) {
      case 'say':
        return [{ say: 'Done.' }];
      case 'shell':
        return [
          { permission: { tool: 'Bash', command: `sh gate.sh ${command}` } },
          { run: ['touch', this.file('started', command)] },
          { waitFor: { path: this.file('go', command) } },
        ];
      case 'hang':
        return [{ hang: true }];
      case 'limit':
        return [{ usageLimit: { minutes: 60 } }];
    }
  }

  private file(name: string, number: number): string {
    return path.join(this.gates, `${name}-${number}`);
  }
}

/** The rehearsal as a tool of the stage; what it is asked to reply stands in its script. */
export const rehearsalTool: StageTool = {
  name: 'rehearsal',
  mode: 'ask',
  askFor: (command) => ({ kind: 'shell', command }),
  allowKey: '1',
  refusalEndsTurn: true,
  leaveLimitKeys: [],
};
