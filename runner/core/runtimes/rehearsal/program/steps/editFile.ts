import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Stage } from '../stage.ts';
import { insideWorkspace } from './insideWorkspace.ts';
import { refusedByPlanMode, useTool } from './useTool.ts';

/** Writes or extends one file of the workspace. Throws when the path leaves the workspace. */
export async function editFile(path: string, text: string, append: boolean, stage: Stage): Promise<void> {
  if (refusedByPlanMode(`edit ${path}`, stage)) return;
  const target = insideWorkspace(stage.cwd, path);
  await useTool(append ? 'Edit' : 'Write', { file_path: target }, stage, async () => {
    await mkdir(dirname(target), { recursive: true });
    // O_NOFOLLOW: the path is already real, so a link here was put there in between.
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    const file = await open(target, flags | (append ? constants.O_APPEND : constants.O_TRUNC));
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    stage.note(`${append ? 'extended' : 'wrote'} ${path}`);
  });
}
