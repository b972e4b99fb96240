import type { RequestKind } from './enumerations.ts';
import type { AgentId } from './issueId.ts';
import type { AnswerKind, Time } from './models.ts';

/** What a person may be told of. */
export const noticeKinds = ['permission', 'question', 'finished', 'stuck', 'crashed', 'limit'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `toast`: a notification; `statusBar`: counted there and in the badge; `off`: neither announced nor summed up. */
export type NoticeSetting = 'toast' | 'statusBar' | 'off';

/** Whether the desktop tells, too, while no window has the focus. */
export const osNotificationSettings = ['off', 'whenUnfocused'] as const;
export type OsNotificationSetting = (typeof osNotificationSettings)[number];

/** How a person wants to be told. Windows send what their settings say; the last one that was focused counts. */
export interface NoticePolicy {
  kinds: Record<NoticeKind, NoticeSetting>;
  /** A request waits this long before it is announced: most are answered in the terminal. */
  delaySeconds: number;
  /** Shortest time between two notifications. */
  everySeconds: number;
  /** `22:00-07:00`, local time of the runner: nothing is announced, one summary follows. */
  quietHours: string[];
  /** Notifications on the desktop of the runner's machine. */
  osNotifications: OsNotificationSetting;
}

/** What a window of an editor says of itself, whenever it changes. */
export interface WindowState {
  focused: boolean;
  /** Agents are listed on its screen: it wants to know when ages change. */
  showsAgents: boolean;
  /** Agents that the person is looking at: nothing is announced about them. */
  lookingAt: AgentId[];
  /** Names of the projects that are open in it. */
  projects: string[];
  policy: NoticePolicy;
}

/** One thing to announce, in the one window that got it. */
export interface Notice {
  id: string;
  /** `model`: its model is not available; `several`: more than one agent, of which some need somebody; `away`: a summary of what nobody could be told. */
  kind: NoticeKind | 'login' | 'model' | 'several' | 'away';
  /** One line for a person, at most 160 characters, without control characters. */
  text: string;
  agents: AgentId[];
  /** Of one request: which, and what may be answered at a glance. */
  request: NoticeRequest | null;
}

export interface NoticeRequest {
  requestId: string;
  kind: RequestKind;
  brief: boolean;
  /** A proposed change of a file, which is reviewed rather than read in one line. */
  isEdit: boolean;
  answers: AnswerKind[];
  options: string[];
}

/** Whether notifications are paused, for all windows. */
export interface Muting {
  /** null: not paused; `always`: until a person resumes. */
  until: Time | 'always' | null;
}
