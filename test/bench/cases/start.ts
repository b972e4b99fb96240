import path from 'node:path';
import type { BenchCase } from '../benchCase.ts';
import { startAgent } from '../benchHomes.ts';
import { run, runPan } from '../commands.ts';
import { interleave } from '../interleave.ts';

/** What Panopticon may add to what git and tmux need, in milliseconds. */
const limitMs = 150;

export const start: BenchCase = {
  name: 'start',
  async run(homes) {
    const home = await homes.open();
    // A first agent, so that both sides find a terminal server running.
    await startAgent(home);
    const runner = await home.runner();
    const { repository } = home;
    const socket = path.join(home.folder, 'plain.sock');
    const tmux = (...args: string[]) => run(home, 'tmux', ['-S', socket, '-f', '/dev/null', ...args]);
    tmux('new-session', '-d', '-s', 'first', 'cat');
    const worktreeOf = (round: number) => path.join(home.folder, `worktree ${round}`);
    let issueId = '';
    const plain = (round: number) => {
      run(home, 'git', ['worktree', 'add', '--quiet', '-b', `plain-${round}`, worktreeOf(round), 'main']);
      tmux('new-session', '-d', '-s', `plain-${round}`, '-c', worktreeOf(round), 'cat');
    };
    try {
      const times = await interleave(
        {
          plain: { run: plain, undo: (round) => void tmux('kill-session', '-t', `=plain-${round}`) },
          pan: {
            prepare: async () => {
              issueId = (await runner.issues.create({ title: 'Fix timezone drift', cwd: repository.path })).id;
            },
            run: () => void runPan(home, ['work', 'issue', issueId]),
            undo: async () => {
              await home.agent(issueId, 'idle');
              await runner.agents.kill({ id: issueId });
            },
          },
        },
        { rounds: 15, warmUps: 2 },
      );
      const value = times.pan - times.plain;
      return [
        {
          what: 'pan work issue: issue to running agent',
          against: 'git worktree add + tmux new-session',
          value,
          limit: limitMs,
          valueText: `+${value.toFixed(0)} ms`,
          limitText: `+${limitMs} ms`,
          detail: `${times.pan.toFixed(1)} ms to ${times.plain.toFixed(1)} ms`,
        },
      ];
    } finally {
      tmux('kill-server');
    }
  },
};
