import type { Changes } from '../changes.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import type { Clock, Log } from '../ports.ts';
import type { ProjectService } from '../projects/projectService.ts';
import { LocalTracker } from '../trackers/local/localTracker.ts';
import type { Tracker } from '../trackers/tracker.ts';
import { watchPath } from '../transcripts/watchPath.ts';
import { IssueService } from './issueService.ts';
import { IssueWatch } from './issueWatch.ts';

/** Wires the issues of all trackers. */
export function createIssues(deps: { projects: ProjectService; changes: Changes; clock: Clock; log: Log }): {
  service: IssueService;
  watch: IssueWatch;
} {
  const { clock, log } = deps;
  const local: Tracker = new LocalTracker({ clock, log, mutex: new KeyedMutex(), watch: watchPath });
  const trackers = new Map([[local.name, local]]);
  return { service: new IssueService({ ...deps, trackers }), watch: new IssueWatch({ ...deps, trackers }) };
}
