import path from 'node:path';
import { addFiles } from '../addFiles.ts';
import { type BenchCase, ratioResult } from '../benchCase.ts';
import { run, runPan } from '../commands.ts';
import { interleave } from '../interleave.ts';

const fileCount = 20_000;

export const workspace: BenchCase = {
  name: 'workspace',
  async run(homes) {
    const home = await homes.open();
    const { repository } = home;
    addFiles(repository, fileCount);
    const workspaceOf = (round: number) => path.join(repository.path, 'workspaces', `feature-min-${round + 1}`);
    const worktreeOf = (round: number) => path.join(home.folder, `worktree ${round}`);
    const remove = (folder: string) => void repository.git(['worktree', 'remove', '--force', folder]);
    const times = await interleave(
      {
        git: {
          run: (round) =>
            void run(home, 'git', ['worktree', 'add', '--quiet', '-b', `plain-${round}`, worktreeOf(round), 'main']),
          undo: (round) => remove(worktreeOf(round)),
        },
        pan: {
          prepare: () => void runPan(home, ['issue', 'create', 'Needs a workspace']),
          run: (round) => void runPan(home, ['workspace', 'create', `MIN-${round + 1}`]),
          undo: (round) => remove(workspaceOf(round)),
        },
      },
      { rounds: 3, warmUps: 1 },
    );
    return [
      ratioResult({
        what: `pan workspace create, ${fileCount.toLocaleString('en')} files`,
        against: 'git worktree add',
        timeMs: times.pan,
        againstMs: times.git,
        limit: 1.15,
      }),
    ];
  },
};
