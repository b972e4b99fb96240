import type { BenchCase, BenchResult } from '../benchCase.ts';
import type { BenchHomes } from '../benchHomes.ts';
import { median } from '../interleave.ts';
import { benchTools } from '../truth/benchTools.ts';
import { openTool } from '../truth/openTool.ts';
import { reportFailure } from '../truth/reportTruth.ts';
import type { ToolStage } from '../truth/toolStage.ts';

const rounds = 10;
const lines = 12;
const limitMs = 300;

/** From a message's first key to the report of the tool itself that it has it, with an agent at its prompt. */
export const tell: BenchCase = {
  name: 'tell',
  async run(homes) {
    const results: BenchResult[] = [];
    for (const tool of benchTools) results.push(await measure(await openTool(tool, homes), homes));
    return results;
  },
};

async function measure(stage: ToolStage, homes: BenchHomes): Promise<BenchResult> {
  const times: number[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) times.push(await stage.turn(message(round)));
  } catch (error) {
    await reportFailure(stage, homes.say);
    throw error;
  }
  const value = median(times);
  homes.say(`${stage.tool.name}: receipts after ${times.join(', ')} ms`);
  return {
    what: `${stage.tool.name}: a message of ${lines} lines to its receipt`,
    against: 'nothing',
    value,
    limit: limitMs,
    valueText: `${value.toFixed(0)} ms`,
    limitText: `${limitMs} ms`,
    detail: `longest of ${rounds}: ${Math.max(...times)} ms`,
  };
}

function message(round: number): string {
  return Array.from({ length: lines }, (_, line) => `Line ${line + 1} of message ${round}: keep "it" as it is.`).join(
    '\n',
  );
}
