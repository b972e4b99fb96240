import path from 'node:path';
import { makeRepository } from '../../support/repository.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import { type ShopAgent, shopAgents, shopFiles, shopIssues } from './shop.ts';

const project = 'shop';

/** The repository that the window of the pictures opens. */
export function shopFolder(home: RunnerHome): string {
  return path.join(home.userHome, project);
}

/** Makes the shop, its issues and its agents, each as far as its part says. */
export async function playShop(home: RunnerHome, agents = shopAgents): Promise<void> {
  const folder = shopFolder(home);
  makeRepository(folder, {
    ...shopFiles,
    '.panopticon/issues/SHO-141.md': '---\nid: SHO-141\ntitle: Run the tests for every branch\nstate: done\n---\n',
  });
  const runner = await home.runner();
  await runner.projects.add({ path: folder, name: project, prefix: 'SHO' });
  for (const agent of agents) await playAgent(home, agent);
  for (const issue of shopIssues) await runner.issues.create({ project, ...issue });
}

/** Creates the issue, starts an agent on it, and waits until it came to what its part says. Returns the issue's id. */
export async function playAgent(home: RunnerHome, agent: ShopAgent): Promise<string> {
  const { title, labels, priority, body, steps, status, mode = 'ask' } = agent;
  home.script([[...steps]]);
  const runner = await home.runner();
  const { id } = await runner.issues.create({ project, title, labels, priority, body });
  await runner.agents.start({ id, runtime: 'rehearsal', mode, allowBypass: mode === 'bypass' });
  // What runs on says so; what only begins to work has the same status.
  const runs = status === 'working' && steps.some((step) => 'run' in step);
  await home.agent(id, (found) => found.status === status && (!runs || found.reason.includes('npm')));
  if (agent.ending === 'done') await runner.agents.done({ id });
  if (agent.ending === 'kill') await runner.agents.kill({ id });
  return id;
}
