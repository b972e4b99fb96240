import path from 'node:path';
import type { Project } from '../../../runner/protocol/models.ts';

/**
 * The projects that are open in a window: a folder is the checkout or in it (a workspace of the project is), or holds
 * it. All paths are absolute and real. In the order of the folders.
 */
export function projectsOfWindow(folders: readonly string[], projects: readonly Project[]): Project[] {
  const open = folders.flatMap((folder) =>
    projects
      .filter((project) => isInside(folder, project.path) || isInside(project.path, folder))
      // The nearest checkout first: a repository may lie in another one.
      .toSorted((a, b) => b.path.length - a.path.length),
  );
  return [...new Set(open)];
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
