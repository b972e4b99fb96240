import type { Notice, NoticeRequest } from '../../../runner/protocol/attention.ts';
import type { AnswerKind } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import type { Reference } from '../views/elements.ts';

export interface NoticeButton {
  title: string;
  act: NoticeAct;
}

/** `answer`: given to the very request of the notification. `command`: run with what it is about. */
export type NoticeAct =
  | { kind: 'answer'; agentId: string; requestId: string; answer: AnswerKind; texts: string[] }
  | { kind: 'command'; command: string; about: Reference };

export interface NoticeLook {
  /** An error with buttons stays until it is closed; the others leave by themselves. */
  severity: 'info' | 'warning' | 'error';
  buttons: NoticeButton[];
}

/** Longer labels of options are cut on a button. */
const maxOption = 16;

/** How a notification looks and what its buttons do. `allowFrom`: whether it may allow a command that is shown whole. */
export function noticeLook(notice: Notice, allowFrom: 'brief' | 'open'): NoticeLook {
  const [agentId = ''] = notice.agents;
  const run = (title: string, command: string): NoticeButton => {
    return { title, act: { kind: 'command', command: `panopticon.${command}`, about: { agentId } } };
  };
  const attach = run('Attach', 'agent.attach');
  if (notice.agents.length > 1 && (notice.kind === 'finished' || notice.kind === 'limit')) {
    return { severity: 'info', buttons: [run('Show All', 'agents.focus')] };
  }
  switch (notice.kind) {
    case 'permission':
    case 'question':
      if (notice.request === null) return { severity: 'warning', buttons: [attach, run('Open', 'agent.open')] };
      return { severity: 'warning', buttons: requestButtons(agentId, notice.request, allowFrom) };
    case 'finished':
      return { severity: 'info', buttons: [run('Show Changes', 'agent.diff')] };
    case 'stuck':
      return { severity: 'warning', buttons: [run('Show Why', 'agent.why'), run('Resume', 'agent.resume')] };
    case 'crashed':
      return { severity: 'error', buttons: [run('Show Why', 'agent.why'), run('Resume', 'agent.resume')] };
    case 'model':
      return { severity: 'warning', buttons: [attach, run('Show Why', 'agent.why')] };
    case 'login':
      return { severity: 'warning', buttons: [run('Log In...', 'setup.login')] };
    case 'limit':
      return { severity: 'info', buttons: [run('Show Why', 'agent.why')] };
    case 'several':
      return { severity: 'warning', buttons: [run('Go to First', 'agent.next'), run('Show All', 'agents.focus')] };
    case 'away':
      return { severity: 'info', buttons: [run('Show', 'agents.focus')] };
  }
}

function requestButtons(agentId: string, request: NoticeRequest, allowFrom: 'brief' | 'open'): NoticeButton[] {
  const { requestId, kind, brief, answers, options } = request;
  const run = (title: string, command: string): NoticeButton => {
    return { title, act: { kind: 'command', command: `panopticon.${command}`, about: { agentId, requestId } } };
  };
  const give = (title: string, answer: AnswerKind, texts: string[] = []): NoticeButton[] =>
    answers.includes(answer) ? [{ title, act: { kind: 'answer', agentId, requestId, answer, texts } }] : [];
  if (answers.length === 0) return [run('Attach', 'agent.attach'), run('Open', 'agent.open')];
  if (kind === 'question') {
    const isShort = options.length > 0 && options.length <= 2 && options.every((option) => option.length <= maxOption);
    const labels = new Set(options.map(plainLine));
    // VS Code tells which button it was by its title.
    const isClear = labels.size === options.length && !labels.has('Answer...');
    if (!isShort || !isClear) return [run('Answer...', 'agent.answer')];
    return [
      ...options.flatMap((option) => give(plainLine(option), 'text', [option])),
      run('Answer...', 'agent.answer'),
    ];
  }
  const isAtAGlance = kind === 'permission' && brief && allowFrom === 'brief' && answers.includes('allow');
  if (isAtAGlance) return [...give('Allow', 'allow'), ...give('Deny', 'deny'), run('Open', 'agent.open')];
  return [run('Review', 'agent.answer'), ...give(kind === 'plan' ? 'Reject Plan' : 'Deny', 'deny')];
}
