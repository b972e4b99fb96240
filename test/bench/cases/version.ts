import { type BenchCase, ratioResult } from '../benchCase.ts';
import { runNode, runPan } from '../commands.ts';
import { interleave } from '../interleave.ts';

export const version: BenchCase = {
  name: 'version',
  async run(homes) {
    const home = await homes.open();
    const times = await interleave(
      { node: { run: () => runNode(home) }, pan: { run: () => void runPan(home, ['--version']) } },
      { rounds: 40, warmUps: 3 },
    );
    return [
      ratioResult({
        what: 'pan --version',
        against: 'node -e 0',
        timeMs: times.pan,
        againstMs: times.node,
        limit: 1.15,
      }),
    ];
  },
};
