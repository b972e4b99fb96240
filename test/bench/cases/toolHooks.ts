import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BenchCase, BenchResult } from '../benchCase.ts';
import { benchTools } from '../truth/benchTools.ts';
import { openTool } from '../truth/openTool.ts';
import type { ToolStage } from '../truth/toolStage.ts';

const calls = 20;

/** How many processes the runner's hooks cost for each use of a tool, beside those of the turn itself. */
export const toolHooks: BenchCase = {
  name: 'hooks',
  async run(homes) {
    const results: BenchResult[] = [];
    for (const tool of benchTools) {
      const stage = await openTool({ ...tool, mode: 'bypass' }, homes);
      results.push(await measure(stage, tool.hookProcessesPerCall));
    }
    return results;
  },
};

async function measure(stage: ToolStage, limit: number): Promise<BenchResult> {
  const started = countHooks(stage);
  await stage.turn('Do nothing.');
  const plain = started();
  await stage.turn('Work.', calls);
  const withCalls = started() - plain;
  const reported = stage.reportedCalls();
  if (reported < calls) throw new Error(`${stage.tool.name} reported ${reported} of ${calls} uses of a tool`);
  const value = (withCalls - plain) / calls;
  return {
    what: `${stage.tool.name}: processes started by hooks for each use of a tool`,
    against: 'a turn without',
    value,
    limit,
    valueText: value.toFixed(2),
    limitText: String(limit),
    detail: `${withCalls} in a turn of ${calls} uses, ${plain} in a turn of none`,
  };
}

/** Puts a program that counts in the place of the command that hooks call, and answers how often it was called. */
function countHooks({ panCommand }: ToolStage): () => number {
  const [log, real] = [`${panCommand}.calls`, `${panCommand}.real`];
  renameSync(panCommand, real);
  writeFileSync(panCommand, `#!/bin/sh\necho "$1" >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(panCommand, 0o755);
  return () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .filter((word) => word === 'hook').length
      : 0;
}
