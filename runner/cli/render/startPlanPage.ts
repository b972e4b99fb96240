import type { StartPlan } from '../../protocol/models.ts';
import { plainLine, plainText } from './plainText.ts';
import { shellWords } from './shellWords.ts';

/** `pan work issue --dry-run`: what would happen. The command line is for copying, so nothing of it is cut off. */
export function startPlanPage(plan: StartPlan): string {
  const tool = plan.model === null ? plan.runtime : `${plan.runtime} ${plan.model}`;
  const argv = plan.argv.map((word) => (word === plan.prompt ? '<prompt>' : word));
  return [
    `Nothing was started. pan work issue ${plan.issueId} would:`,
    `  ${plan.createsWorkspace ? 'create' : 'use'}  ${plainLine(plan.workspace)}`,
    `  on      ${plainLine(plan.branch)} of ${plainLine(plan.project)}`,
    `  with    ${plainLine(tool)}, mode ${plan.mode}`,
    `  run     ${plainLine(shellWords(argv))}`,
    '  prompt',
    ...plainText(plan.prompt.trimEnd())
      .split('\n')
      .map((text) => `    ${text}`.trimEnd()),
  ].join('\n');
}
