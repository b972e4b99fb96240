import { access, chmod } from 'node:fs/promises';
import { defaultConfig } from '../../protocol/defaultConfig.ts';
import type { InitReport } from '../../protocol/models.ts';
import { fileFailure } from '../files/fileFailure.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';

/** Makes the folders and files of PANOPTICON_HOME that are missing; what is there stays as it is. */
export async function initHome(paths: RunnerPaths): Promise<InitReport> {
  const report: InitReport = { home: paths.home, created: [], kept: [] };
  for (const folder of [paths.home, paths.agentsFolder, paths.binFolder, paths.runFolder]) {
    const there = await exists(folder);
    try {
      await makeFolder(folder);
      if (!there) await chmod(folder, 0o700);
    } catch (error) {
      throw fileFailure(error, folder);
    }
    (there ? report.kept : report.created).push(folder);
  }
  const there = await exists(paths.configFile);
  if (!there) await writeAtomic(paths.configFile, defaultConfig);
  (there ? report.kept : report.created).push(paths.configFile);
  return report;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    // Missing, or not for us: making it will say which.
    return false;
  }
}
