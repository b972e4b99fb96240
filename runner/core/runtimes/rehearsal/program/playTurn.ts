import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Step } from './parseStep.ts';
import { pause, pauseUntilAborted } from './pause.ts';
import { fillIn } from './script.ts';
import type { Stage } from './stage.ts';
import { askPermission, askQuestion } from './steps/askUser.ts';
import { commitChanges } from './steps/commitChanges.ts';
import { editFile } from './steps/editFile.ts';
import { runCommand } from './steps/runCommand.ts';
import { waitForFile } from './steps/waitForFile.ts';

export type TurnEnd =
  | { readonly kind: 'stopped' | 'interrupted' }
  | {
      readonly kind: 'failed';
      readonly error: 'rate_limit' | 'authentication_failed';
      readonly message: string;
      /** ISO 8601 UTC; null when it does not pass by itself. */
      readonly resetsAt: string | null;
    }
  | { readonly kind: 'crashed'; readonly how: number | 'SIGKILL' }
  | { readonly kind: 'exited'; readonly code: number };

// As long as a slow test may take to make the file it promised.
const WAIT_FOR_FILE_MS = 60_000;

/** Plays the steps of one turn, one after the other, until one of them or the user ends it. */
export async function playTurn(steps: readonly Step[], paceMs: number, stage: Stage): Promise<TurnEnd> {
  for (const [index, step] of steps.entries()) {
    if (index > 0 && paceMs > 0) await pause(paceMs, stage.signal);
    if (stage.signal.aborted) break;
    const end = await playSafely(step, stage);
    if (end !== null) return end;
  }
  return { kind: stage.signal.aborted ? 'interrupted' : 'stopped' };
}

/** A step that fails is a line on the screen, as a tool's failure is for a real assistant; the turn goes on. */
async function playSafely(step: Step, stage: Stage): Promise<TurnEnd | null> {
  try {
    return await playStep(step, stage);
  } catch (error) {
    stage.note(`${step.kind} did not work: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function playStep(step: Step, stage: Stage): Promise<TurnEnd | null> {
  switch (step.kind) {
    case 'say':
      stage.say(fillIn(step.text, stage.issueId, stage.prompt));
      return null;
    case 'edit':
      await editFile(step.path, fillIn(step.text, stage.issueId, stage.prompt), step.append, stage);
      return null;
    case 'run':
      await runCommand(step.argv, { background: step.background, detach: step.detach }, stage);
      return null;
    case 'commit':
      await commitChanges(fillIn(step.message, stage.issueId, stage.prompt), stage);
      return null;
    case 'permission':
      return (await askPermission(step.tool, step.command, step.always, stage)) ? null : { kind: 'stopped' };
    case 'question':
      return (await askQuestion(step.text, step.options, stage)) ? null : { kind: 'stopped' };
    case 'wait':
      await pause(step.durationMs, stage.signal);
      return null;
    case 'waitFor':
      if (!(await waitForFile(resolve(stage.cwd, step.path), WAIT_FOR_FILE_MS, stage.signal))) {
        stage.note(`${step.path} did not appear within ${WAIT_FOR_FILE_MS / 1000} s.`);
      }
      return null;
    case 'hang':
      await pauseUntilAborted(stage.signal);
      return null;
    case 'crash':
      return { kind: 'crashed', how: step.how };
    case 'usageLimit':
      return usageLimit(step.minutes, Date.now());
    case 'authFailure':
      return {
        kind: 'failed',
        error: 'authentication_failed',
        message: 'The rehearsal is logged out (its script says so).',
        resetsAt: null,
      };
    case 'exit':
      return { kind: 'exited', code: step.code };
    case 'echo':
      stage.say(describePrompt(stage.prompt));
      return null;
    case 'record':
      appendFileSync(resolve(stage.cwd, step.path), stage.prompt);
      return null;
  }
}

function usageLimit(minutes: number, nowMs: number): TurnEnd {
  const resetsAt = new Date(nowMs + minutes * 60_000).toISOString();
  const message = `The usage limit of the rehearsal is reached until ${resetsAt} (its script says so).`;
  return { kind: 'failed', error: 'rate_limit', message, resetsAt };
}

function describePrompt(prompt: string): string {
  const bytes = Buffer.from(prompt);
  return `prompt: ${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex')}`;
}
