import * as vscode from 'vscode';
import type { IssueDetails, Project } from '../../../../runner/protocol/models.ts';
import type { RunnerApi } from '../../../../runner/protocol/runnerApi.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { plainLabel } from '../plainText.ts';

const title = 'Try Panopticon';
const body =
  'A rehearsal: a stand-in adds a line to REHEARSAL.md, asks whether it may commit, and commits. No model runs.';

/** An agent that costs nothing and asks, as an agent in mode `ask` does: the rehearsal's own script asks before it commits. */
export const rehearsalStart: Command = {
  id: 'panopticon.rehearsal.start',
  async run(app) {
    const runner = await app.runner.get();
    const project = await chooseProject(app, runner);
    if (project === undefined) return;
    await app.views.withProgress('agents', async () => {
      const issue = await issueToTry(runner, project);
      const agent = await runner.agents.start({ id: issue.id, runtime: 'rehearsal', mode: 'ask' });
      await app.fleet.refresh([agent.id]);
      await app.views.revealAgent(agent.id, { focus: false });
      vscode.window.setStatusBarMessage(`${issue.id} started (rehearsal). It will ask you something.`, 5_000);
    });
  },
};

async function chooseProject({ projects }: App, runner: RunnerApi): Promise<Project | undefined> {
  const all = await runner.projects.list();
  if (all.length === 0) {
    await vscode.commands.executeCommand('panopticon.project.add', { here: true });
    return (await runner.projects.list())[0];
  }
  const open = projects.ofWindow();
  const choices = open.length > 0 ? open : all;
  if (choices.length === 1) return choices[0];
  const items = choices.map((project) => ({ label: project.name, description: plainLabel(project.path), project }));
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: 'In which project?' });
  return chosen?.project;
}

/** One that was made for an earlier try, and has no agent, serves again. */
async function issueToTry({ issues, agents }: RunnerApi, project: Project): Promise<IssueDetails> {
  const [found, taken] = await Promise.all([
    issues.search({ text: title, project: project.name, states: ['backlog', 'todo'], limit: 10 }),
    agents.list(),
  ]);
  const free = found.issues.find(
    (issue) => issue.title === title && !taken.some(({ issueId }) => issueId === issue.id),
  );
  return free === undefined ? issues.create({ project: project.name, title, body }) : issues.show({ id: free.id });
}
