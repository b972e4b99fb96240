import { type IssueState, issueStates } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import type { IssueId } from '../../protocol/issueId.ts';
import type { IssueCounts, IssuePage } from '../../protocol/issuePages.ts';
import type { BrokenIssue, Issue, IssueDetails, Project } from '../../protocol/models.ts';
import type {
  DidChangeParams,
  IssueCloseParams,
  IssueCreateParams,
  IssueEditParams,
  IssueFilter,
  IssueListParams,
  IssueListResult,
  IssuePageParams,
  IssueParams,
  IssueSearchParams,
  Place,
} from '../../protocol/requests.ts';
import type { RunnerApi } from '../../protocol/runnerApi.ts';
import type { Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import type { IssueChange, Tracker } from '../trackers/tracker.ts';
import { checkFields, checkState } from './checkFields.ts';
import { compareIssues } from './compareIssues.ts';
import { countIssues } from './countIssues.ts';
import { unknownTracker } from './issueFailures.ts';
import { compareInState } from './issueOrder.ts';
import { requireIssueId } from './requireIssueId.ts';
import { searchIssues } from './searchIssues.ts';

type IssuesApi = RunnerApi['issues'];

const openStates: readonly IssueState[] = ['backlog', 'todo', 'planning', 'in_progress', 'in_review'];

interface IssueServiceDeps {
  projects: {
    ofIssue(id: IssueId): Promise<Project>;
    resolve(place: Place): Promise<Project>;
    list(): Promise<Project[]>;
  };
  trackers: ReadonlyMap</* tracker name */ string, Tracker>;
  changes: { fire(change: DidChangeParams): void };
  log: Log;
}

interface ProjectIssues extends IssueListResult {
  project: Project;
}

/** Issues of all projects, whatever tracker they live in. */
export class IssueService implements IssuesApi {
  private readonly deps: IssueServiceDeps;

  constructor(deps: IssueServiceDeps) {
    this.deps = deps;
  }

  /** New issues are `todo` and of normal priority where nothing else is said. */
  async create(params: IssueCreateParams): Promise<IssueDetails> {
    const { title = '', body = '', labels = [], priority = 'normal', state = 'todo' } = params;
    const fields = {
      title: '',
      body,
      labels,
      priority,
      state,
      ...checkFields({ title, body, labels, priority, state }),
    };
    const project = await this.deps.projects.resolve({ project: params.project, cwd: params.cwd });
    const issue = await this.trackerOf(project).create(project, fields);
    this.announce(issue);
    return issue;
  }

  /**
   * The issues of one project, or of all. Where all are meant, a project whose tracker fails is named in `broken`
   * (its prefix in place of an id) and the others are listed.
   */
  async list(params: IssueListParams): Promise<IssueListResult> {
    const states = params.states === undefined ? openStates : params.states.map(checkState);
    const results = await this.listIn(params.project, states);
    const issues: Issue[] = results.flatMap((result) => result.issues);
    return { issues: issues.sort(compareIssues), broken: results.flatMap((result) => result.broken) };
  }

  /** How many there are; a project whose tracker fails is named in `broken`, as in a list. */
  async counts(params: IssueFilter): Promise<IssueCounts> {
    const results = await this.listIn(params.project, issueStates);
    const byProject = new Map(results.map(({ project, issues }) => [project.name, issues]));
    return { ...countIssues(byProject, fitting(params)), broken: results.flatMap((result) => result.broken) };
  }

  async page(params: IssuePageParams): Promise<IssuePage> {
    const { state, offset, limit } = params;
    const results = await this.listIn(params.project, [state]);
    const issues = results.flatMap((result) => result.issues).filter(fitting(params));
    return { issues: issues.sort(compareInState).slice(offset, offset + limit), total: issues.length };
  }

  async search(params: IssueSearchParams): Promise<IssuePage> {
    const results = await this.listIn(params.project, params.states ?? issueStates);
    const issues = results.flatMap((result) => result.issues).filter(fitting(params));
    const found = searchIssues(issues, params.text);
    return { issues: found.slice(0, params.limit), total: found.length };
  }

  async show(params: IssueParams): Promise<IssueDetails> {
    const id = requireIssueId(params.id);
    const project = await this.deps.projects.ofIssue(id);
    return this.trackerOf(project).get(project, id);
  }

  async edit(params: IssueEditParams): Promise<IssueDetails> {
    const id = requireIssueId(params.id);
    const change = checkFields(params);
    if (Object.keys(change).length === 0) {
      throw new UserError({
        code: 'nothingToChange',
        message: `Nothing was given to change in ${id}.`,
        hint: `Name a field, for example: pan issue edit ${id} --priority high`,
        kind: 'usage',
      });
    }
    return this.update(id, change);
  }

  async close(params: IssueCloseParams): Promise<IssueDetails> {
    const id = requireIssueId(params.id);
    return this.update(id, { state: checkState(params.as ?? 'done') });
  }

  private async update(id: IssueId, change: IssueChange): Promise<IssueDetails> {
    const project = await this.deps.projects.ofIssue(id);
    const issue = await this.trackerOf(project).update(project, id, change);
    this.announce(issue);
    return issue;
  }

  /** Of one project, or of all; of several, one whose tracker fails does not hide the others. */
  private async listIn(name: string | undefined, states: readonly IssueState[]): Promise<ProjectIssues[]> {
    const { projects } = this.deps;
    if (name !== undefined) return [await this.listOne(await projects.resolve({ project: name }), states)];
    return Promise.all((await projects.list()).map((project) => this.listOrReport(project, states)));
  }

  private async listOrReport(project: Project, states: readonly IssueState[]): Promise<ProjectIssues> {
    try {
      return await this.listOne(project, states);
    } catch (error) {
      if (!(error instanceof UserError)) this.deps.log.error(`the issues of ${project.name} cannot be listed`, error);
      const reason = messageOf(error);
      const broken: BrokenIssue[] = [{ id: project.prefix, project: project.name, path: project.path, reason }];
      return { project, issues: [], broken };
    }
  }

  private async listOne(project: Project, states: readonly IssueState[]): Promise<ProjectIssues> {
    return { project, ...(await this.trackerOf(project).list(project, { states })) };
  }

  private trackerOf(project: Project): Tracker {
    const tracker = this.deps.trackers.get(project.tracker);
    if (tracker === undefined) throw unknownTracker(project);
    return tracker;
  }

  private announce(issue: Issue): void {
    this.deps.changes.fire({ scope: 'issues', ids: [issue.id] });
  }
}

/** Whether an issue is in one of the wanted states, and has all wanted labels. */
function fitting({ states, labels = [] }: IssueFilter): (issue: Issue) => boolean {
  return (issue) =>
    (states === undefined || states.includes(issue.state)) && labels.every((label) => issue.labels.includes(label));
}
