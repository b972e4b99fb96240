import type { RequestAnswer } from '../../../protocol/models.ts';
import type { HookEvent } from '../../events/agentEvent.ts';
import { isCut } from '../../events/trimEvent.ts';
import { fieldsOf } from '../../text/fields.ts';

/** What the rehearsal takes for an answer, in the shape of Claude Code's PermissionRequest hooks (2.1.330). */
export function decide(event: HookEvent, answer: RequestAnswer): unknown {
  const decision = decisionOf(event, answer);
  return decision === undefined ? undefined : { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } };
}

function decisionOf(event: HookEvent, { kind, texts }: RequestAnswer): unknown {
  const isQuestion = event['tool_name'] === 'AskUserQuestion';
  switch (kind) {
    case 'allow':
      return isQuestion ? undefined : { behavior: 'allow' };
    case 'session':
      return isQuestion ? undefined : { behavior: 'allow', updatedPermissions: [ruleFor(event)] };
    case 'deny':
      return { behavior: 'deny', ...(texts[0] === undefined ? {} : { message: texts[0] }) };
    case 'text':
      if (!isQuestion || isCut(event)) return undefined;
      return { behavior: 'allow', updatedInput: withAnswers(event, texts) };
  }
}

function ruleFor(event: HookEvent) {
  const { command } = fieldsOf(event['tool_input']);
  const rule = { toolName: event['tool_name'], ...(typeof command === 'string' ? { ruleContent: command } : {}) };
  return { type: 'addRules', rules: [rule], behavior: 'allow', destination: 'session' };
}

function withAnswers(event: HookEvent, texts: readonly string[]) {
  const { questions } = fieldsOf(event['tool_input']);
  const asked = (Array.isArray(questions) ? questions : []).map((question) => String(fieldsOf(question)['question']));
  return { questions, answers: Object.fromEntries(asked.map((question, index) => [question, texts[index] ?? ''])) };
}
