import { constants } from 'node:fs';
import { appendFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { safeParse } from 'valibot';
import { type AgentEvent, agentEventSchema } from '../events/agentEvent.ts';
import { trimEvent } from '../events/trimEvent.ts';
import { errnoOf, fileFailure } from '../files/fileFailure.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { openRegular } from '../files/readRegular.ts';
import type { RunnerPaths } from '../paths.ts';
import { type Activity, nextActivity } from './activity.ts';

/** What is known of one agent from its events. */
export interface AgentHistory {
  launchId: string | null;
  fence: number;
  activity: Activity;
  /** When the last event came that said so; what else says something later may overrule it. */
  activityAt: string;
  /** The last events, oldest first. */
  recent: AgentEvent[];
}

const recentCount = 60;
/** How much of a log's end is read when a daemon starts, in bytes: enough for thousands of events. */
const tailBytes = 1024 * 1024;
/** A log of this size is set aside as `events.1.jsonl` before the next launch begins a new one. */
const rotateBytes = 8 * 1024 * 1024;

/** A pipe in its place fails at once, instead of waiting for who reads it. */
const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Appends to and folds `agents/<id>/events.jsonl`. A line that cannot be read is skipped, never fatal. */
export class EventLog {
  private readonly paths: RunnerPaths;
  private readonly histories = new Map</* agent id */ string, AgentHistory>();

  constructor(deps: { paths: RunnerPaths }) {
    this.paths = deps.paths;
  }

  async history(id: string): Promise<AgentHistory> {
    const known = this.histories.get(id);
    if (known !== undefined) return known;
    const history = foldEvents(await this.readTail(id));
    this.histories.set(id, history);
    return history;
  }

  async append(id: string, whole: AgentEvent): Promise<AgentHistory> {
    const event = trimEvent(whole);
    const history = await this.history(id);
    const file = this.paths.agent(id).events;
    try {
      await makeFolder(path.dirname(file));
      await appendFile(file, `${JSON.stringify(event)}\n`, { mode: 0o600, flag: appendFlags });
    } catch (error) {
      throw fileFailure(error, file);
    }
    applyEvent(history, event);
    return history;
  }

  /** Takes the event into account without writing it, where it cannot be written. */
  async remember(id: string, event: AgentEvent): Promise<void> {
    applyEvent(await this.history(id), event);
  }

  async rotate(id: string): Promise<void> {
    const file = this.paths.agent(id).events;
    try {
      if ((await stat(file)).size > rotateBytes) await rename(file, file.replace(/jsonl$/, '1.jsonl'));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  private async readTail(id: string): Promise<AgentEvent[]> {
    const file = this.paths.agent(id).events;
    try {
      // A folder or a pipe in its place is put aside: nothing could be appended to it, and a pipe would never answer.
      if (!(await stat(file)).isFile()) {
        await rename(file, `${file}.broken`);
        return [];
      }
      return (await readEnd(file)).split('\n').flatMap(parseLine);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

async function readEnd(file: string): Promise<string> {
  const { handle, facts } = await openRegular(file, true);
  try {
    const { size } = facts;
    const start = Math.max(0, size - tailBytes);
    const buffer = Buffer.alloc(size - start);
    await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

function parseLine(line: string): AgentEvent[] {
  if (line === '') return [];
  try {
    const parsed = safeParse(agentEventSchema, JSON.parse(line));
    return parsed.success ? [parsed.output] : [];
  } catch {
    // The first line of a tail, or one cut off by a crash.
    return [];
  }
}

function foldEvents(events: AgentEvent[]): AgentHistory {
  const history: AgentHistory = {
    launchId: null,
    fence: 0,
    activity: { kind: 'starting', since: new Date(0).toISOString() },
    activityAt: new Date(0).toISOString(),
    recent: [],
  };
  // The launch's own event may be above what was read of the end.
  const first = events.some(isLaunch) ? undefined : events.at(-1);
  if (first !== undefined) history.launchId = first.launchId;
  for (const event of events) applyEvent(history, event);
  return history;
}

function isLaunch(event: AgentEvent): boolean {
  return event.source === 'runner' && event.event.type === 'launched';
}

function applyEvent(history: AgentHistory, event: AgentEvent): void {
  const early = eventsBefore(event, history.recent);
  if (event.source === 'runner' && event.event.type === 'launched') {
    history.launchId = event.launchId;
    history.fence = Math.max(history.fence, event.event.fence);
  }
  history.recent.push(event);
  if (history.recent.length > recentCount) history.recent.shift();
  if (history.launchId !== null && event.launchId !== history.launchId) return;
  for (const each of [event, ...early]) {
    const next = nextActivity(history.activity, each);
    if (next !== history.activity) history.activityAt = each.at;
    history.activity = next;
  }
}

/** A quick tool reports, and may even end its turn, before its launch is noted: that still comes after the launch. */
function eventsBefore(event: AgentEvent, recent: readonly AgentEvent[]): AgentEvent[] {
  if (event.source !== 'runner' || event.event.type !== 'launched') return [];
  return recent.filter(({ launchId }) => launchId === event.launchId);
}
