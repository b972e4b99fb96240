import type { AgentTrouble } from './models.ts';

/** What hinders an agent, as short as a row needs it. */
export const troubleWords: Readonly<Record<AgentTrouble['kind'], string>> = {
  workspaceMissing: 'workspace missing',
  workspaceCorrupted: 'workspace corrupted',
};
