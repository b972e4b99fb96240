import { literal, number, object, optional, safeParse, string, union } from 'valibot';
import { type ParkedSign, parkedSign } from '../parkedSign.ts';
import type { LiveFileFormat, LiveSign, TitleSign } from '../runtimeBehaviour.ts';
import { claudePlaces } from './claudePlaces.ts';

/** `✳ name` while it is idle or asks, a turning half circle before the name while it works (2.1.330). */
export function titleSign(title: string): TitleSign | undefined {
  if (title.startsWith('✳ ')) return { state: 'quiet', detail: 'says idle or asking' };
  if (/^[◐◓◑◒] /u.test(title)) return { state: 'busy', detail: 'says working' };
  return undefined;
}

/** `sessions/<pid>.json` (2.1.330): written in place 1 to 30 ms after each change, removed at an orderly end. */
const sessionSchema = object({
  pid: number(),
  sessionId: string(),
  status: union([literal('busy'), literal('idle'), literal('waiting')]),
  waitingFor: optional(string()),
  /** Epoch, milliseconds. */
  statusUpdatedAt: number(),
});

export const claudeLiveFile: LiveFileFormat = {
  folder: (env) => claudePlaces(env).sessions,
  read(text) {
    const parsed = safeParse(sessionSchema, parseJson(text));
    if (!parsed.success) return undefined;
    const { sessionId, pid, status, waitingFor, statusUpdatedAt } = parsed.output;
    const sign: LiveSign = {
      source: 'sessionFile',
      state: status,
      detail: detailOf(status, waitingFor),
      since: new Date(statusUpdatedAt).toISOString(),
      until: null,
    };
    return { sessionId, pid, sign };
  },
};

function detailOf(status: 'busy' | 'idle' | 'waiting', waitingFor: string | undefined): string {
  switch (status) {
    case 'busy':
      return 'works';
    case 'idle':
      return 'is at its prompt';
    case 'waiting':
      return waitingFor === 'input needed' ? 'asks a question' : 'asks for permission';
  }
}

/** Dialogs before its first report, each of which waits for a person: titles of 2.1.330. */
const startDialogs: readonly (readonly [RegExp, string])[] = [
  [/Is this a project you created or one you trust\?/, 'asks whether the folder is trusted'],
  [/Detected a custom API key in your environment/, 'asks whether to use the API key'],
  [/running in Bypass Permissions mode/, 'asks whether to bypass permissions'],
  [/New MCP server found in this project/, 'asks whether to use an MCP server of the project'],
  [/Allow external CLAUDE\.md file imports\?/, 'asks whether CLAUDE.md may import files from elsewhere'],
  [/Select login method/, 'asks how to log in'],
];

/**
 * What no hook and no file tells: a dialog before the start, and that a request is tried again. Its own retries go on
 * for about three minutes (10 of them), and its session file says busy meanwhile.
 */
export function screenSign(screen: string): (TitleSign & { until: string | null }) | undefined {
  const lines = screen.split('\n').filter((line) => line.trim() !== '');
  if (lines.at(-1)?.trim().startsWith('Enter to confirm') !== true) return retrySign(lines);
  const dialog = startDialogs.find(([title]) => title.test(screen));
  return dialog === undefined ? undefined : { state: 'waiting', detail: dialog[1], until: null };
}

/** `✻ 429 This request would exceed your rate limit. · retrying in 38s · attempt 7/10`. */
function retrySign(lines: readonly string[]): (TitleSign & { until: string | null }) | undefined {
  for (const line of lines.slice(-retryLines)) {
    const [, status = '', attempt = 0, of] = retryLine.exec(line) ?? [];
    if (Number(attempt) < firstToldAttempt) continue;
    const { cause, detail } = retried[status] ?? apiFails;
    const told = `${detail}, tries again (${attempt}/${of})`;
    return { state: 'parked', detail: told, cause, retries: true, until: null };
  }
  return undefined;
}

const retryLine = /^\S (401|429|5\d\d) .* · retrying in \d+s · attempt (\d+)\/(\d+)/;
/** The first two tries come within about three seconds, and mostly help. */
const firstToldAttempt = 3;
const retryLines = 12;
const apiFails: Pick<ParkedSign, 'cause' | 'detail'> = { cause: 'other', detail: 'the API fails' };
const retried: Readonly<Record<string, Pick<ParkedSign, 'cause' | 'detail'>>> = {
  401: parkedSign('login'),
  429: parkedSign('limit'),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Read while it was written; the next change tells the whole.
    return undefined;
  }
}
