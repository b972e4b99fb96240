import { UserError } from '../../../runner/protocol/errors.ts';
import { plainMessage } from './plainText.ts';

/** What is said about a command that came to nothing. */
export interface FailureNotice {
  /** `passing`: there was nothing to do; it is said in passing, in the status bar. */
  severity: 'passing' | 'info' | 'warning' | 'error';
  text: string;
  actions: FailureAction[];
}

/** A button; it runs another command about the same thing. `null` shows the log of this window. */
export interface FailureAction {
  title: string;
  command: string | null;
}

const open: FailureAction = { title: 'Open Agent', command: 'panopticon.agent.open' };
const start: FailureAction = { title: 'Start Agent', command: 'panopticon.agent.start' };
const resume: FailureAction = { title: 'Resume', command: 'panopticon.agent.resume' };
const attach: FailureAction = { title: 'Attach', command: 'panopticon.agent.attach' };
const why: FailureAction = { title: 'Show Why', command: 'panopticon.agent.why' };
const createWorkspace: FailureAction = { title: 'Create Workspace', command: 'panopticon.workspace.create' };
const repair: FailureAction = { title: 'Repair', command: 'panopticon.workspace.repair' };
const destroyWorkspace: FailureAction = { title: 'Destroy Workspace', command: 'panopticon.workspace.destroy' };
const kill: FailureAction = { title: 'Kill Agent', command: 'panopticon.agent.kill' };
const showChanges: FailureAction = { title: 'Show Changes', command: 'panopticon.agent.diff' };
const restartRunner: FailureAction = { title: 'Restart Runner', command: 'panopticon.runner.restart' };
const showLog: FailureAction = { title: 'Show Log', command: 'panopticon.runner.log' };

/** The next step by the code of the failure, where a command takes it. Failures that are not here say it in words. */
const actionsOf: Readonly<Record<string, readonly FailureAction[]>> = {
  alreadyRunning: [open],
  answerNotTaken: [attach],
  answerUnproved: [attach],
  cannotResume: [start],
  canceled: [start],
  connectionLost: [restartRunner, showLog],
  issueNotFound: [{ title: 'Refresh Issues', command: 'panopticon.issue.refresh' }],
  neverStarted: [start],
  noAgent: [start],
  noProject: [{ title: 'Add Project', command: 'panopticon.project.add' }],
  notRunning: [resume],
  onlyInTerminal: [attach],
  requestChanged: [{ title: 'Answer', command: 'panopticon.agent.answer' }],
  requestGone: [why],
  requestUnseen: [attach],
  runnerDown: [{ title: 'Start Runner', command: 'panopticon.runner.restart' }],
  unreadable: [kill],
  workspaceCorrupted: [destroyWorkspace],
  workspaceCreating: [repair],
  workspaceHalfMade: [repair],
  workspaceHasAgent: [kill],
  workspaceInTheWay: [showChanges, destroyWorkspace],
  workspaceMissing: [repair],
  workspaceNotRepairable: [destroyWorkspace],
  workspaceUnknown: [createWorkspace],
};

/** Nobody did anything wrong: it was given up on purpose, is over already, or not there yet. */
const calm = new Set(['agentStarting', 'canceled', 'requestGone', 'requestChanged']);

/**
 * Words for anything that was thrown. The hint is left out where it is a command line for what a button does. `known`:
 * the commands that exist, so that no button leads nowhere.
 */
export function failureNotice(thrown: unknown, known: ReadonlySet<string>): FailureNotice {
  if (!(thrown instanceof UserError)) {
    return {
      severity: 'error',
      text: 'This is a bug in Panopticon.',
      actions: [{ title: 'Show Log', command: null }],
    };
  }
  const actions = (actionsOf[thrown.code] ?? []).filter(({ command }) => command !== null && known.has(command));
  const severity = severityOf(thrown.code);
  if (thrown.code === 'connectionLost') {
    return { severity, text: 'The runner stopped before it answered. Your agents keep working.', actions };
  }
  const isDoneByButton = actions.length > 0 && /\bpan [a-z]/.test(thrown.hint ?? '');
  const hint = thrown.hint === undefined || isDoneByButton ? '' : ` ${sentence(thrown.hint)}`;
  return { severity, text: plainMessage(`${thrown.message}${hint}`), actions };
}

function severityOf(code: string): FailureNotice['severity'] {
  if (code === 'nothingToDo') return 'passing';
  if (code === 'connectionLost') return 'error';
  return calm.has(code) ? 'info' : 'warning';
}

function sentence(text: string): string {
  return /[.:?!]$/.test(text) || /\bpan /.test(text) ? text : `${text}.`;
}
