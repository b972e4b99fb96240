import type { AgentRequest, AnswerKind } from '../../runner/protocol/models.ts';

/** The heading of a request's card. */
export function requestTitle({
  kind,
  runtime,
  tool,
  cwd,
}: Pick<AgentRequest, 'kind' | 'runtime' | 'tool' | 'cwd'>): string {
  if (kind === 'question') return `${runtime} asks`;
  if (kind === 'plan') return `${runtime} has a plan to review`;
  const folder = cwd.split('/').findLast((part) => part !== '');
  return `${runtime} ${wish(tool)}${folder === undefined ? '' : `, in ${folder}`}`;
}

/** Tools that change a file. */
const edit = /^(?:Edit|MultiEdit|Write|NotebookEdit|apply_patch|replace|write_file|edit_file)$/;

/** By the words that the tools have for it: `Bash`, `run_shell_command`, `exec_command`. */
function wish(tool: string | null): string {
  if (tool === null) return 'wants to use a tool';
  if (edit.test(tool)) return 'wants to edit';
  return /^bash$|shell|exec_command/i.test(tool) ? 'wants to run' : `wants to use ${tool}`;
}

export interface AnswerButton {
  answer: AnswerKind;
  label: string;
  isPrimary: boolean;
  /** It asks for words first. */
  needsText: boolean;
}

/** The buttons of a permission or a plan, the likeliest first; a question has its form instead. */
export function answerButtons({ kind, answers }: Pick<AgentRequest, 'kind' | 'answers'>): AnswerButton[] {
  const isPlan = kind === 'plan';
  const all: AnswerButton[] = [
    { answer: 'allow', label: isPlan ? 'Approve Plan' : 'Allow Once', isPrimary: true, needsText: false },
    {
      answer: 'session',
      label: isPlan ? 'Approve for This Session' : 'Allow for This Session',
      isPrimary: false,
      needsText: false,
    },
    { answer: 'deny', label: isPlan ? 'Reject Plan' : 'Deny', isPrimary: false, needsText: false },
    {
      answer: 'text',
      label: isPlan ? 'Reject With Message...' : 'Deny With Message...',
      isPrimary: false,
      needsText: true,
    },
  ];
  return all.filter(({ answer }) => answers.includes(answer));
}
