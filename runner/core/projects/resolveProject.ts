import path from 'node:path';
import type { Project } from '../../protocol/models.ts';
import { noProject, projectUnclear, projectUnknown } from './projectFailures.ts';

/** By name, else by prefix (in any case), else by path. */
export function findProject<P extends Project>(projects: readonly P[], text: string): P | undefined {
  return (
    projects.find(({ name }) => name === text) ??
    projects.find(({ prefix }) => prefix === text.toUpperCase()) ??
    projects.find((project) => project.path === path.resolve(text)) ??
    projects.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  );
}

/**
 * The project that is meant: the named one, else the innermost that holds `cwd` (workspaces lie in their project), else
 * the only one.
 *
 * @throws UserError when none is meant, or more than one could be.
 */
export function resolveProject(
  projects: readonly Project[],
  place: { project?: string | undefined; cwd?: string | undefined },
): Project {
  if (place.project !== undefined) {
    const named = findProject(projects, place.project);
    if (named === undefined) throw projectUnknown(place.project, projects);
    return named;
  }
  const { cwd } = place;
  const around = cwd === undefined ? [] : projects.filter((project) => contains(project.path, cwd));
  const innermost = around.reduce<Project | undefined>(
    (best, each) => (best === undefined || each.path.length > best.path.length ? each : best),
    undefined,
  );
  const [only, another] = projects;
  if (innermost !== undefined) return innermost;
  if (only === undefined) throw noProject();
  if (another !== undefined) throw projectUnclear(projects);
  return only;
}

function contains(folder: string, inner: string): boolean {
  const relative = path.relative(folder, inner);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}
