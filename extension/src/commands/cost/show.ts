import type { Command } from '../command.ts';
import { flash } from '../notify.ts';
import { pick } from '../pick.ts';
import { amountText, costRows } from './costRows.ts';

export const costShow: Command = {
  id: 'panopticon.cost.show',
  async run(app) {
    const runner = await app.runner.get();
    const report = await app.views.withProgress('agents', () => runner.costs.report({}));
    if (report.total.totalTokens === 0) return flash('No tokens were used.');
    const agentId = await pick({
      title: `Cost: ${amountText(report.total)}`,
      placeholder: `List prices of ${report.pricesOf}; a subscription costs what it costs`,
      rows: costRows(report),
    });
    if (agentId !== undefined) await app.panels.openAgent(agentId, { tab: 'context' });
  },
};
