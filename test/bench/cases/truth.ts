import type { BenchCase, BenchResult } from '../benchCase.ts';
import type { BenchHomes } from '../benchHomes.ts';
import { median } from '../interleave.ts';
import { benchTools } from '../truth/benchTools.ts';
import { openTool } from '../truth/openTool.ts';
import { RehearsedModel, rehearsalTool } from '../truth/rehearsedModel.ts';
import { reportFailure, reportLags, reportMisjudgements } from '../truth/reportTruth.ts';
import { scenes } from '../truth/scenes.ts';
import { judgeSamples, percentile } from '../truth/timeline.ts';
import { ToolStage } from '../truth/toolStage.ts';

/** How often the scenes are played with each tool. */
const rounds = 2;
/** Percent of the samples outside the grace after each change. */
const wrongLimitPercent = 0.5;
const lagLimitMs = 1_000;

/** Whether the status that is shown is what its model and its tester know of the agent; one case a tool. */
export const truthCases: readonly BenchCase[] = [
  { name: 'truth-rehearsal', run: async (homes) => judgeStage(await openRehearsal(homes), homes) },
  ...benchTools.map((tool) => ({
    name: `truth-${tool.name}`,
    run: async (homes: BenchHomes) => judgeStage(await openTool(tool, homes), homes),
  })),
];

async function openRehearsal(homes: BenchHomes): Promise<ToolStage> {
  const home = await homes.open();
  const played = Array.from({ length: rounds }, () => scenes.flatMap(({ replies }) => replies)).flat();
  return ToolStage.open(rehearsalTool, home, new RehearsedModel(home, [['say'], ...played]));
}

async function judgeStage(stage: ToolStage, homes: BenchHomes): Promise<BenchResult[]> {
  const { truth: log, tool } = stage;
  log.start();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const scene of scenes) if (scene.fits?.(tool) ?? true) await scene.play(stage);
    }
  } catch (error) {
    await reportFailure(stage, homes.say);
    throw error;
  } finally {
    await log.stop();
    reportMisjudgements(tool.name, log, homes.say);
  }
  const { judged, wrong, lags } = judgeSamples(log.changes, log.samples);
  reportLags(tool.name, lags, homes.say);
  const wrongPercent = (wrong.length / judged) * 100;
  const lagsMs = lags.map(({ ms }) => ms);
  const latestMs = percentile(lagsMs, 95);
  return [
    {
      what: `${tool.name}: status wrong 1 s after a change or later`,
      against: 'what its model and its tester know',
      value: wrongPercent,
      limit: wrongLimitPercent,
      valueText: `${wrongPercent.toFixed(2)} %`,
      limitText: `${wrongLimitPercent} %`,
      detail: `${wrong.length} of ${judged} samples`,
    },
    {
      what: `${tool.name}: from a change to its status, 95th percentile`,
      against: 'the same',
      value: latestMs,
      limit: lagLimitMs,
      valueText: `${latestMs.toFixed(0)} ms`,
      limitText: `${lagLimitMs} ms`,
      detail: `median ${median(lagsMs).toFixed(0)} ms of ${lags.length} changes`,
    },
  ];
}
