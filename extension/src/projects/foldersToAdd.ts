import type { Project } from '../../../runner/protocol/models.ts';
import { projectsOfWindow } from './projectsOfWindow.ts';

/** The window's folders that no project has yet: neither its checkout, nor one of its workspaces. */
export function foldersToAdd(folders: readonly string[], projects: readonly Project[]): string[] {
  return folders.filter((folder) => {
    const open = projectsOfWindow([folder], projects);
    // A project somewhere below it does not make the folder itself one.
    return open.every((project) => project.path.length > folder.length);
  });
}
