import { plainLine } from './plainText.ts';

/** `workspaces/feature-min-123` of a workspace's absolute path. */
export function shortWorkspace(workspace: string): string {
  const start = workspace.lastIndexOf('/workspaces/');
  return plainLine(start < 0 ? workspace : workspace.slice(start + 1));
}
