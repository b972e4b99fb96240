import { randomUUID } from 'node:crypto';
import type { Dialog } from '../dialogs.ts';
import type { DialogAnswer, Stage } from '../stage.ts';

const QUESTION_TOOL = 'AskUserQuestion';

/** Asks to use a tool, unless the permission mode answers. Resolves to false when the user denies, which ends the turn. */
export async function askPermission(tool: string, command: string, always: boolean, stage: Stage): Promise<boolean> {
  const fields = { tool_name: tool, tool_input: { command } };
  const rule = `${tool}: ${command}`;
  stage.report('PreToolUse', fields);
  if (stage.mode === 'bypass' || (stage.mode === 'auto' && !always)) {
    stage.note(`Allowed by mode ${stage.mode}: ${rule}`);
  } else if (stage.allowed.has(rule)) {
    stage.note(`Allowed for this session: ${rule}`);
  } else if (!(await isAllowed(rule, { kind: 'permission', tool, command }, fields, stage))) {
    return false;
  }
  stage.report('PostToolUse', fields);
  return true;
}

/** Asks a question. Resolves to false when the user gives no answer, which ends the turn. */
export async function askQuestion(text: string, options: readonly string[], stage: Stage): Promise<boolean> {
  const questions = [{ question: text, options: options.map((label) => ({ label })) }];
  const fields = { tool_name: QUESTION_TOOL, tool_input: { questions } };
  stage.report('PreToolUse', fields);
  const answer = await ask({ kind: 'question', text, options }, fields, stage);
  stage.note(answer.kind === 'denied' ? `No answer.${because(answer.message)}` : `Answered: ${answer.text}`);
  if (answer.kind === 'denied') return false;
  stage.report('PostToolUse', {
    tool_name: QUESTION_TOOL,
    tool_input: { questions, answers: Object.fromEntries([[text, answer.text]]) },
  });
  return true;
}

async function isAllowed(
  rule: string,
  dialog: Dialog,
  fields: Readonly<Record<string, unknown>>,
  stage: Stage,
): Promise<boolean> {
  const answer = await ask(dialog, fields, stage);
  if (answer.kind === 'denied') {
    stage.note(`Denied: ${rule}${because(answer.message)}`);
    return false;
  }
  if (answer.always) stage.allowed.add(rule);
  stage.note(`Allowed${answer.always ? ' for this session' : ''}: ${rule}`);
  return true;
}

function ask(dialog: Dialog, fields: Readonly<Record<string, unknown>>, stage: Stage): Promise<DialogAnswer> {
  return stage.ask(dialog, (request) => {
    stage.report('PermissionRequest', { ...fields, request_id: request?.id ?? randomUUID() }, request);
    stage.report('Notification', {
      notification_type: 'permission_prompt',
      message:
        dialog.kind === 'permission' ? `The rehearsal asks to use ${dialog.tool}` : 'The rehearsal has a question',
    });
  });
}

function because(message: string): string {
  return message === '' ? '' : ` (${message})`;
}
