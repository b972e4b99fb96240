import { permissionModes } from '../../../protocol/enumerations.ts';
import { defineCommand } from '../../command.ts';
import { seconds } from '../../render/duration.ts';
import { plainLine } from '../../render/plainText.ts';
import { shortWorkspace } from '../../render/shortWorkspace.ts';
import { startPlanPage } from '../../render/startPlanPage.ts';

export const workIssue = defineCommand({
  path: 'work issue',
  summary: 'Start an agent on an issue',
  description: 'Creates the workspace where there is none, and starts an AI tool in it.',
  args: { id: { kind: 'required', summary: 'the issue' } },
  options: {
    runtime: { kind: 'text', value: 'runtime', summary: 'the AI tool: claude, codex, gemini or one of config.toml' },
    model: { kind: 'text', value: 'model', summary: "one of the tool's models" },
    mode: { kind: 'choice', value: 'mode', choices: permissionModes, summary: 'what the agent may do unasked' },
    yes: { kind: 'flag', summary: 'allow bypass in this project, from now on' },
    dryRun: { kind: 'flag', summary: 'only say what would happen' },
  },
  json: 'agentOrPlan',
  examples: ['pan work issue MIN-142', 'pan work issue MIN-142 --runtime rehearsal --dry-run'],
  async run(context, { id }, { dryRun, yes, ...choice }) {
    const { host, progress } = context;
    const startMs = host.monotonicMs();
    const runner = await context.runner();
    if (dryRun) {
      const plan = await runner.agents.plan({ id, ...choice });
      return { document: { plan }, text: () => startPlanPage(plan) };
    }
    const consent = yes ? { allowBypass: true } : {};
    const agent = await runner.agents.start({ id, ...choice, ...consent }, (phase) => progress.advance(phase));
    const took = seconds(host.monotonicMs() - startMs);
    return {
      document: { agent },
      text: () =>
        `${agent.issueId} started: ${plainLine(agent.runtime)} in ${shortWorkspace(agent.workspace)} (${took})` +
        (yes && agent.mode === 'bypass' ? `; bypass is allowed in ${plainLine(agent.project)} from now on` : ''),
    };
  },
});
