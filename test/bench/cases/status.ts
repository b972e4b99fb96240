import { type BenchCase, ratioResult } from '../benchCase.ts';
import { runNode, runPan } from '../commands.ts';
import { interleave } from '../interleave.ts';

const agentCount = 50;

export const status: BenchCase = {
  name: 'status',
  async run(homes) {
    const [empty, busy] = [await homes.open(), await homes.fleet(agentCount)];
    const times = await interleave(
      {
        node: { run: () => runNode(empty) },
        none: { run: () => void runPan(empty, ['status']) },
        many: { run: () => void runPan(busy, ['status']) },
      },
      { rounds: 40, warmUps: 3 },
    );
    const { node, none, many } = times;
    return [
      ratioResult({ what: 'pan status, 0 agents', against: 'node -e 0', timeMs: none, againstMs: node, limit: 1.4 }),
      ratioResult({
        what: `pan status, ${agentCount} agents`,
        against: 'node -e 0',
        timeMs: many,
        againstMs: node,
        limit: 1.4,
      }),
      ratioResult({
        what: `pan status, ${agentCount} agents`,
        against: 'the same, 0 agents',
        timeMs: many,
        againstMs: none,
        limit: 1.15,
      }),
    ];
  },
};
