import {
  type NoticeKind,
  type NoticePolicy,
  type NoticeSetting,
  osNotificationSettings,
} from '../../runner/protocol/attention.ts';

/** What the person set, read when it is asked for; an event tells of changes. See `contributes.configuration`. */
export interface Settings {
  groupBy(): 'status' | 'project' | 'runtime';
  scope(): 'all' | 'window';
  finishedHours(): number;
  issuePageSize(): number;
  hiddenIssueStates(): string[];
  startShows(): 'row' | 'panel' | 'terminal';
  terminalLocation(): 'editor' | 'panel';
  addPanToPath(): boolean;
  diffBase(): 'mergeBase' | 'defaultBranch';
  escalateMinutes(): number;
  allowFrom(): 'brief' | 'open';
  notices(): NoticePolicy;
  /** As written; `homeFolder` makes it a path. */
  runnerHome(): string | undefined;
  runnerNode(): string | undefined;
}

/** `read` answers whatever stands in the settings below `panopticon.`; what cannot be meant counts as the default. */
export function settingsFrom(read: (key: string) => unknown): Settings {
  const choice = <const T extends string>(key: string, choices: readonly [T, ...T[]]): T => {
    const value = read(key);
    return choices.find((each) => each === value) ?? choices[0];
  };
  const number = (key: string, fallback: number, [least, most]: readonly [number, number]): number => {
    const value = read(key);
    return typeof value === 'number' && value >= least && value <= most ? value : fallback;
  };
  const yesNo = (key: string, fallback: boolean): boolean => {
    const value = read(key);
    return typeof value === 'boolean' ? value : fallback;
  };
  const texts = (key: string, fallback: string[]): string[] => {
    const value = read(key);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : fallback;
  };
  const text = (key: string): string | undefined => {
    const value = read(key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const notice = (kind: NoticeKind): NoticeSetting =>
    choice(`attention.${kind}`, kind === 'limit' ? ['statusBar', 'toast', 'off'] : ['toast', 'statusBar', 'off']);

  return {
    groupBy: () => choice('agents.groupBy', ['status', 'project', 'runtime']),
    scope: () => choice('agents.scope', ['all', 'window']),
    finishedHours: () => number('agents.finishedHours', 24, [0, 8_760]),
    issuePageSize: () => Math.trunc(number('issues.pageSize', 50, [10, 500])),
    hiddenIssueStates: () => texts('issues.hideStates', ['canceled']),
    startShows: () => choice('start.show', ['row', 'panel', 'terminal']),
    terminalLocation: () => choice('terminal.location', ['editor', 'panel']),
    addPanToPath: () => yesNo('terminal.addPanToPath', true),
    diffBase: () => choice('diff.base', ['mergeBase', 'defaultBranch']),
    escalateMinutes: () => number('attention.escalateMinutes', 2, [0, 1_440]),
    allowFrom: () => choice('attention.allowFrom', ['brief', 'open']),
    notices: () => ({
      kinds: {
        permission: notice('permission'),
        question: notice('question'),
        finished: notice('finished'),
        stuck: notice('stuck'),
        crashed: notice('crashed'),
        limit: notice('limit'),
      },
      delaySeconds: number('attention.delaySeconds', 3, [0, 600]),
      everySeconds: number('attention.everySeconds', 20, [0, 3_600]),
      quietHours: texts('attention.quietHours', []),
      osNotifications: choice('attention.osNotifications', osNotificationSettings),
    }),
    runnerHome: () => text('runner.home'),
    runnerNode: () => text('runner.nodePath'),
  };
}
