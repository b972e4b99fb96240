import type { Command } from './command.ts';

/**
 * Every command of `pan`, by what is typed for it, in the order of the help. A command's file is loaded when it is
 * asked for: loading all of them would take longer than most of them run.
 */
export const commandTable: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./commands/init.ts')).init,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  'project add': async () => (await import('./commands/project/add.ts')).projectAdd,
  'project list': async () => (await import('./commands/project/list.ts')).projectList,
  'project remove': async () => (await import('./commands/project/remove.ts')).projectRemove,
  status: async () => (await import('./commands/status.ts')).status,
  'issue create': async () => (await import('./commands/issue/create.ts')).issueCreate,
  'issue list': async () => (await import('./commands/issue/list.ts')).issueList,
  'issue show': async () => (await import('./commands/issue/show.ts')).issueShow,
  'issue edit': async () => (await import('./commands/issue/edit.ts')).issueEdit,
  'issue close': async () => (await import('./commands/issue/close.ts')).issueClose,
  'work issue': async () => (await import('./commands/work/issue.ts')).workIssue,
  'work status': async () => (await import('./commands/work/status.ts')).workStatus,
  'work tell': async () => (await import('./commands/work/tell.ts')).workTell,
  'work mail': async () => (await import('./commands/work/mail.ts')).workMail,
  'work requests': async () => (await import('./commands/work/requests.ts')).workRequests,
  'work answer': async () => (await import('./commands/work/answer.ts')).workAnswer,
  'work attach': async () => (await import('./commands/work/attach.ts')).workAttach,
  'work logs': async () => (await import('./commands/work/logs.ts')).workLogs,
  'work why': async () => (await import('./commands/work/why.ts')).workWhy,
  'work kill': async () => (await import('./commands/work/kill.ts')).workKill,
  'work resume': async () => (await import('./commands/work/resume.ts')).workResume,
  'work done': async () => (await import('./commands/work/done.ts')).workDone,
  'work hook push': async () => (await import('./commands/work/hookPush.ts')).workHookPush,
  'work hook check': async () => (await import('./commands/work/hookCheck.ts')).workHookCheck,
  'work hook drop': async () => (await import('./commands/work/hookDrop.ts')).workHookDrop,
  'workspace create': async () => (await import('./commands/workspace/create.ts')).workspaceCreate,
  'workspace list': async () => (await import('./commands/workspace/list.ts')).workspaceList,
  'workspace destroy': async () => (await import('./commands/workspace/destroy.ts')).workspaceDestroy,
  'workspace rescues': async () => (await import('./commands/workspace/rescues.ts')).workspaceRescues,
  'workspace restore': async () => (await import('./commands/workspace/restore.ts')).workspaceRestore,
  cost: async () => (await import('./commands/cost.ts')).cost,
  mute: async () => (await import('./commands/mute.ts')).mute,
  unmute: async () => (await import('./commands/unmute.ts')).unmute,
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  'daemon status': async () => (await import('./commands/daemon/status.ts')).daemonStatus,
  'daemon log': async () => (await import('./commands/daemon/log.ts')).daemonLog,
  'daemon restart': async () => (await import('./commands/daemon/restart.ts')).daemonRestart,
  'daemon stop': async () => (await import('./commands/daemon/stop.ts')).daemonStop,
  hook: async () => (await import('./commands/hook.ts')).hook,
};

/** Headings of the help, each over the commands that start with one of its words. */
export const commandSections: readonly { title: string; words: readonly string[] }[] = [
  { title: 'Set up', words: ['init', 'doctor', 'project'] },
  { title: 'Look', words: ['status', 'cost'] },
  { title: 'Issues', words: ['issue'] },
  { title: 'Agents', words: ['work'] },
  { title: 'Workspaces', words: ['workspace'] },
  { title: 'Notifications', words: ['mute', 'unmute'] },
  { title: 'Runner', words: ['up', 'down', 'daemon'] },
];

/** All commands that people see, loaded. */
export async function visibleCommands(): Promise<Command[]> {
  const commands = await Promise.all(Object.values(commandTable).map((load) => load()));
  return commands.filter(({ hidden }) => hidden !== true);
}
