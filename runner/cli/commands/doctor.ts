import { defineCommand } from '../command.ts';
import { doctorPage } from '../render/doctorPage.ts';

export const doctor = defineCommand({
  path: 'doctor',
  summary: 'Check what Panopticon needs, and how to fix it',
  description: 'Works without a daemon. Ends with exit code 1 when something that is needed is missing.',
  args: {},
  options: {},
  json: 'doctor',
  examples: ['pan doctor', 'pan doctor --json'],
  async run({ host }) {
    const report = await host.openOffline().doctor();
    return { document: report, text: (look) => doctorPage(report, look), exitCode: report.ok ? 0 : 1 };
  },
});
