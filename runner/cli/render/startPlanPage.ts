import type { StartPlan } from '../../protocol/models.ts';
import { plainLine, plainText } from './plainText.ts';
import { shellWords } from './shellWords.ts';

/** `pan work issue --dry-run`: what would happen. The command line is for copying, so nothing of it is cut off. */
export function startPlanPage(plan: StartPlan): string {
  const tool = plan.model === null ? plan.runtime : `${plan.runtime} ${plan.model}`;
  const argv = plan.argv.map((word) => (word === plan.prompt ? '<prompt>' : word));
  return [
    `Nothing was started. pan work issue ${plan.issueId} would:`,
    labelled(plan.createsWorkspace ? 'create' : 'use', plan.workspace),
    labelled('on', `${plan.branch} of ${plan.project}`),
    labelled('with', `${tool}, mode ${plan.mode}`),
    ...(plan.needsYes ? [labelled('needs', `--yes: nobody has allowed bypass in ${plan.project} yet`)] : []),
    labelled('run', shellWords(argv)),
    '  prompt',
    ...plainText(plan.prompt.trimEnd())
      .split('\n')
      .map((text) => `    ${text}`.trimEnd()),
  ].join('\n');
}

function labelled(label: string, text: string): string {
  return `  ${label.padEnd('create'.length)}  ${plainLine(text)}`;
}
