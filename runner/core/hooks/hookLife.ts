import { isPending, type StoredItem, withoutPromise } from './hookItems.ts';

/** What is known of the present launch of an agent, as far as it matters to the work that it was given. */
export interface LaunchFacts {
  launchId: string;
  /** It goes on with the conversation of an earlier launch, which read its first prompt. */
  resumed: boolean;
  /** Its program was started, with the first prompt as an argument. */
  cameUp: boolean;
  /** Its tool reports what it does; of another nobody knows whether it read its prompt. */
  reports: boolean;
  /** It reported a turn: the first one begins with the first prompt. */
  tookPrompt: boolean;
  /** It was marked done, by itself or by a person. */
  done: boolean;
  /** Nothing of it runs any more. */
  ended: boolean;
}

/**
 * What an item of a hook is, now that this is known. Answers the same object where nothing is new.
 *
 * queued ─> handed: the launch that it was promised to came up.
 * handed ─> taken: the launch reported a turn. ─> queued: it ended without one, so that nobody read it.
 * taken ─> done: the agent is done. Of a tool that reports nothing: handed ─> done.
 *
 * The promise is written before the launch and the rest after what it says is certain. Killed in between, the next
 * daemon finds the promise and the launch, and comes to the same answer.
 */
export function nextItem(item: StoredItem, launch: LaunchFacts, now: string): StoredItem {
  const known = item.promisedTo === undefined ? item : settlePromise(item, launch, now);
  if (known.launchId !== launch.launchId && !launch.resumed) return known;
  const state = nextState(known.state, launch);
  return state === known.state ? known : { ...known, state, updatedAt: now };
}

function settlePromise(promised: StoredItem, { launchId, cameUp }: LaunchFacts, now: string): StoredItem {
  const item = withoutPromise(promised);
  const isKept = promised.promisedTo === launchId && cameUp && isPending(item);
  return isKept ? { ...item, state: 'handed', launchId, updatedAt: now } : item;
}

function nextState(state: StoredItem['state'], launch: LaunchFacts): StoredItem['state'] {
  switch (state) {
    case 'handed':
      return afterHanded(launch);
    case 'taken':
      return launch.done ? 'done' : 'taken';
    case 'queued':
    case 'done':
    case 'expired':
      return state;
  }
}

function afterHanded({ reports, tookPrompt, done, ended }: LaunchFacts): StoredItem['state'] {
  if (!reports) return done ? 'done' : 'handed';
  if (tookPrompt) return done ? 'done' : 'taken';
  return ended ? 'queued' : 'handed';
}
