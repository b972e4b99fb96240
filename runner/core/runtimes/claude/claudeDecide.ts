import type { RequestAnswer } from '../../../protocol/models.ts';
import type { HookEvent } from '../../events/agentEvent.ts';
import { isCut } from '../../events/trimEvent.ts';
import { fieldsOf } from '../../text/fields.ts';

/** What a PermissionRequest hook of Claude Code prints to answer (2.1.330); undefined where it has no words for it. */
export function decide(event: HookEvent, answer: RequestAnswer): unknown {
  const decision = decisionOf(event, answer);
  return decision === undefined ? undefined : { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } };
}

function decisionOf(event: HookEvent, { kind, texts }: RequestAnswer): unknown {
  const isQuestion = event['tool_name'] === 'AskUserQuestion';
  const isPlan = event['tool_name'] === 'ExitPlanMode';
  switch (kind) {
    case 'allow':
      if (isQuestion) return undefined;
      return isPlan ? approved(event) : { behavior: 'allow' };
    case 'session': {
      const rule = ruleFor(event);
      return rule === undefined ? undefined : { behavior: 'allow', updatedPermissions: [rule] };
    }
    case 'deny':
      return { behavior: 'deny', message: texts[0] ?? 'The person who runs you denied this.' };
    case 'text':
      return isQuestion ? answered(event, texts) : { behavior: 'deny', message: texts.join('\n') };
  }
}

/** Without an input the dialog of a plan goes on standing; with a part of it, that part would be the plan. */
function approved(event: HookEvent): unknown {
  return isCut(event) ? undefined : { behavior: 'allow', updatedInput: fieldsOf(event['tool_input']) };
}

/** Fields of a command that change nothing about what it does. */
const harmlessFields = new Set(['command', 'description', 'timeout']);

/**
 * What a rule may not have that is to say this command and no other: patterns (`*`, `:*`), what rules are written with
 * (brackets, backslashes), and what is not seen.
 */
const notLiteral = /[*()\\\p{C}]/u;

/** A rule for the very command. What other tools do is not said whole by any rule. */
function ruleFor(event: HookEvent): unknown {
  const input = fieldsOf(event['tool_input']);
  const { command } = input;
  if (event['tool_name'] !== 'Bash' || typeof command !== 'string') return undefined;
  if (command === '' || command !== command.trim() || notLiteral.test(command)) return undefined;
  if (isCut(event) || !Object.keys(input).every((field) => harmlessFields.has(field))) return undefined;
  const rules = [{ toolName: 'Bash', ruleContent: command }];
  return { type: 'addRules', rules, behavior: 'allow', destination: 'session' };
}

function answered(event: HookEvent, texts: readonly string[]): unknown {
  const { questions } = fieldsOf(event['tool_input']);
  if (isCut(event)) return undefined;
  const asked = (Array.isArray(questions) ? questions : []).map((question) => String(fieldsOf(question)['question']));
  const answers = Object.fromEntries(asked.map((question, index) => [question, texts[index] ?? '']));
  return { behavior: 'allow', updatedInput: { questions, answers } };
}
