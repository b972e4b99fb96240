import type { Rescue } from '../../protocol/workspaceModels.ts';
import { shortAge } from './duration.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';

/** `pan workspace rescues`: newest first. A ref is never cut: it is what is typed next. */
export function rescueTable(rescues: readonly Rescue[], look: Look): string {
  if (rescues.length === 0) return 'No rescues: nothing was destroyed with work in it.';
  const list = table(
    [
      { title: 'ID', cells: rescues.map(({ issueId }) => issueId) },
      { title: 'AGE', cells: rescues.map(({ at }) => shortAge(at, look.now)), align: 'right' },
      { title: 'FILES', cells: rescues.map(({ files }) => String(files)), align: 'right' },
      { title: 'REF', cells: rescues.map(({ ref }) => ref) },
      { title: 'PROJECT', cells: rescues.map(({ project }) => project), droppedAs: 1 },
    ],
    look,
  );
  return `${list}\nGet one back: pan workspace restore <id> [--ref <ref>]`;
}
