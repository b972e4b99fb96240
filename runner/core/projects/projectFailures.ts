import { UserError } from '../../protocol/errors.ts';
import { type IssueId, prefixOf } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';

export const folderMissing = (path: string) =>
  new UserError({
    code: 'folderMissing',
    message: `There is no folder ${path}.`,
    hint: 'Check the path, then: pan project add <path>',
  });

export const mainCheckoutUnknown = (path: string) =>
  new UserError({
    code: 'mainCheckoutUnknown',
    message: `${path} is a worktree, and git does not say where its main checkout is.`,
    hint: 'Add the main checkout: pan project add <path>',
  });

export const branchUnknown = (path: string) =>
  new UserError({
    code: 'branchUnknown',
    message: `${path} has no branch to start from.`,
    hint: 'Make one, for example: git switch -c main',
  });

export const nameInvalid = (name: string) =>
  new UserError({
    code: 'projectNameInvalid',
    message: `${JSON.stringify(name)} cannot be a project's name.`,
    hint: 'Use up to 64 letters, digits, dots, dashes and underscores, with a letter or digit first.',
    kind: 'usage',
  });

export const nameTaken = (name: string, owner: Project) =>
  new UserError({
    code: 'projectNameTaken',
    message: `The name ${name} belongs to the project at ${owner.path}.`,
    hint: 'Choose another: pan project add <path> --name <name>',
  });

export const prefixInvalid = (prefix: string) =>
  new UserError({
    code: 'prefixInvalid',
    message: `${JSON.stringify(prefix)} cannot be a prefix.`,
    hint: 'Use up to 10 letters and digits with a letter first, for example: --prefix MIN',
    kind: 'usage',
  });

export const prefixTaken = (owner: Project) =>
  new UserError({
    code: 'prefixTaken',
    message: `The prefix ${owner.prefix} belongs to project ${owner.name}.`,
    hint: 'Choose another: pan project add <path> --prefix <prefix>',
  });

export const projectDiffers = (existing: Project) =>
  new UserError({
    code: 'projectExists',
    message: `${existing.path} is already the project ${existing.name} with the prefix ${existing.prefix}.`,
    hint: `To register it anew: pan project remove ${existing.name}`,
  });

export const projectUnknown = (name: string, projects: readonly Project[]) =>
  new UserError({
    code: 'projectUnknown',
    message: `There is no project ${name}.`,
    hint: projects.length === 0 ? addHint : `Known projects: ${namesOf(projects)}.`,
  });

export const prefixUnknown = (issueId: IssueId, projects: readonly Project[]) =>
  new UserError({
    code: 'prefixUnknown',
    message: `There is no project with the prefix ${prefixOf(issueId)}.`,
    hint:
      projects.length === 0
        ? addHint
        : `Known prefixes: ${projects.map(({ prefix }) => prefix).join(', ')}. Another project: pan project add <path>`,
  });

export const noProject = () => new UserError({ code: 'noProject', message: 'There is no project yet.', hint: addHint });

export const projectUnclear = (projects: readonly Project[]) =>
  new UserError({
    code: 'projectUnclear',
    message: `There are several projects: ${namesOf(projects)}.`,
    hint: 'Choose one with --project <name>, or run the command in its folder.',
  });

export const projectHasAgents = (project: Project, agents: readonly string[]) =>
  new UserError({
    code: 'projectHasAgents',
    message: `Project ${project.name} has running agents: ${agents.join(', ')}.`,
    hint: `End them first: pan work kill ${(agents[0] ?? '').replace(/^agent-/, '').toUpperCase()}`,
  });

export const projectsUnreadable = (file: string, reason: string) =>
  new UserError({
    code: 'projectsUnreadable',
    message: `${file} cannot be read (${reason}).`,
    hint: 'Repair it or move it away; it was not changed.',
  });

export const projectsNewer = (file: string) =>
  new UserError({
    code: 'projectsNewer',
    message: `${file} was written by a newer Panopticon.`,
    hint: 'Update Panopticon. The file was not changed.',
  });

const addHint = 'Add one: pan project add <path>';

function namesOf(projects: readonly Project[]): string {
  return projects.map(({ name }) => name).join(', ');
}
