import type { IssueDetails, Project } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { pick } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** Creates an issue in the project of the window; where several come into question, in the one that is chosen. */
export async function createIssue(app: App, title: string): Promise<IssueDetails | undefined> {
  const runner = await app.runner.get();
  const project = await chooseProject(app, await runner.projects.list());
  if (project === undefined) return undefined;
  const params = project === 'none' ? { title } : { title, project: project.name };
  return app.views.withProgress('issues', () => runner.issues.create(params));
}

/** `none` where there is no project: the runner says what to do. */
async function chooseProject(app: App, projects: readonly Project[]): Promise<Project | 'none' | undefined> {
  const open = app.projects.ofWindow();
  const candidates = open.length > 0 ? open : projects;
  const [only, another] = candidates;
  if (only === undefined) return 'none';
  if (another === undefined) return only;
  return pick({
    title: 'Create Issue in Which Project?',
    stays: true,
    rows: candidates.map((project) => ({
      value: project,
      icon: 'repo',
      label: plainLabel(project.name),
      description: plainLabel(`${project.prefix} · ${project.path}`),
    })),
  });
}
