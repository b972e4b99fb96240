import { randomUUID } from 'node:crypto';
import type { Dialog } from '../dialogs.ts';
import type { Stage } from '../stage.ts';

const QUESTION_TOOL = 'AskUserQuestion';

/** Asks to use a tool, unless the permission mode answers. Resolves to false when the user denies, which ends the turn. */
export async function askPermission(tool: string, command: string, always: boolean, stage: Stage): Promise<boolean> {
  const fields = { tool_name: tool, tool_input: { command } };
  stage.report('PreToolUse', fields);
  if (stage.mode === 'bypass' || (stage.mode === 'auto' && !always)) {
    stage.note(`Allowed by mode ${stage.mode}: ${tool}: ${command}`);
  } else {
    const answer = await ask({ kind: 'permission', tool, command }, fields, stage);
    stage.note(`${answer === null ? 'Denied' : 'Allowed'}: ${tool}: ${command}`);
    if (answer === null) return false;
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
  stage.note(answer === null ? 'No answer.' : `Answered: ${answer}`);
  if (answer === null) return false;
  stage.report('PostToolUse', {
    tool_name: QUESTION_TOOL,
    tool_input: { questions, answers: Object.fromEntries([[text, answer]]) },
  });
  return true;
}

function ask(dialog: Dialog, fields: Readonly<Record<string, unknown>>, stage: Stage): Promise<string | null> {
  // The dialog opens first: whoever reacts to the event must find it open.
  const answer = stage.ask(dialog);
  stage.report('PermissionRequest', { ...fields, request_id: randomUUID() });
  stage.report('Notification', {
    notification_type: 'permission_prompt',
    message: dialog.kind === 'permission' ? `The rehearsal asks to use ${dialog.tool}` : 'The rehearsal has a question',
  });
  return answer;
}
