import { UserError } from '../../protocol/errors.ts';
import type { IssueId } from '../../protocol/issueId.ts';
import type { BrokenIssue, Project } from '../../protocol/models.ts';

export function issueNotFound(id: IssueId, project: Project): UserError {
  return new UserError({
    code: 'issueNotFound',
    message: `There is no issue ${id} in ${project.name}.`,
    hint: `See what there is: pan issue list --project ${project.name}`,
  });
}

export function issueUnreadable(broken: BrokenIssue): UserError {
  return new UserError({
    code: 'issueUnreadable',
    message: `${broken.id} cannot be read: ${broken.path}: ${broken.reason}.`,
    hint: 'Correct that file in an editor, then run the command again. Panopticon never overwrites it.',
  });
}

export function issueTooLarge(maxBytes: number): UserError {
  return new UserError({
    code: 'issueTooLarge',
    message: `The issue is too large: its file would be over ${maxBytes / 1024 / 1024} MB.`,
    hint: 'Shorten the body, or put the text into a file of the project and name it in the body.',
  });
}

export function issueKeepsChanging(id: IssueId): UserError {
  return new UserError({
    code: 'issueKeepsChanging',
    message: `${id} was changed by something else at every try, so it was left as it is.`,
    hint: `Look at it: pan issue show ${id}`,
  });
}

export function unknownTracker(project: Project): UserError {
  return new UserError({
    code: 'unknownTracker',
    message: `Project ${project.name} takes its issues from ${project.tracker}, which this version cannot read.`,
    hint: 'Update Panopticon.',
  });
}
