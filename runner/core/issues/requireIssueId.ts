import { UserError } from '../../protocol/errors.ts';
import { type IssueId, parseIssueId } from '../../protocol/issueId.ts';
import { oneLine } from '../text/sanitize.ts';

/** Longest part of a refused id that is repeated in the message, in characters. */
const maxShown = 60;

/**
 * The issue that `MIN-123`, `min-123` or `agent-min-123` names.
 *
 * @throws UserError `badId` for anything else.
 */
export function requireIssueId(text: string): IssueId {
  const id = parseIssueId(text);
  if (id !== undefined) return id;
  throw new UserError({
    code: 'badId',
    message: `'${oneLine(text, maxShown)}' is not an issue id.`,
    hint: 'An issue id looks like MIN-123.',
  });
}
