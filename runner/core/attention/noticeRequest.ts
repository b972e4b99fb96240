import type { NoticeRequest } from '../../protocol/attention.ts';
import type { AgentRequest } from '../../protocol/models.ts';

/** Tools that change one file, in the words of the AI tools. */
const editors = new Set([
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'apply_patch',
  'replace',
  'write_file',
  'edit_file',
]);

/** A proposed change of a file, which is reviewed rather than read in one line. */
export function isEdit({ kind, tool }: AgentRequest): boolean {
  return kind === 'permission' && tool !== null && editors.has(tool);
}

/** What a notification may offer about a request. */
export function noticeRequest(request: AgentRequest): NoticeRequest {
  const [question, another] = request.questions;
  const isChoice = question !== undefined && another === undefined && !question.multiple;
  return {
    requestId: request.id,
    kind: request.kind,
    brief: request.brief,
    isEdit: isEdit(request),
    answers: request.answers,
    options: isChoice ? question.options.map(({ label }) => label) : [],
  };
}
