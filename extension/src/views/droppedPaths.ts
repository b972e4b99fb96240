import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where an agent works, and its project; empty or undefined where that is not known. */
export interface AgentHome {
  workspace: string;
  project: string | undefined;
}

/**
 * The files of a `text/uri-list` as an agent finds them: as those of its workspace where it has them, too, else by their
 * whole paths. Each takes one line. What is no file of this machine is left out.
 */
export function droppedPaths(list: string, home: AgentHome, exists: (file: string) => boolean): string[] {
  const files = list.split(/\r?\n/).flatMap((line) => fileOf(line) ?? []);
  return files.map((file) => onOneLine(ownName(file, home, exists) ?? file));
}

function fileOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri).replace(/(?<=.)\/$/, '');
  } catch {
    return undefined;
  }
}

function ownName(
  file: string,
  { workspace, project }: AgentHome,
  exists: (file: string) => boolean,
): string | undefined {
  if (workspace === '') return undefined;
  const names = [workspace, ...(project === undefined ? [] : [project])].map((root) => path.relative(root, file));
  return names.find((name) => name !== '' && !/^\.\.(\/|$)/.test(name) && exists(path.join(workspace, name)));
}

/** A name may hold anything, also what would look like more of the message. */
function onOneLine(name: string): string {
  return /\p{Cc}|[\u2028\u2029]/u.test(name) ? JSON.stringify(name) : name;
}
