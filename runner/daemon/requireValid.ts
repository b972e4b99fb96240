import { type GenericSchema, getDotPath, type InferOutput, safeParse } from 'valibot';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';

/** The checked parameters of a request. @throws ResponseError InvalidParams, which says the first thing that is wrong. */
export function requireValid<S extends GenericSchema>(schema: S, given: unknown, method: string): InferOutput<S> {
  const result = safeParse(schema, given);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = getDotPath(issue);
  throw new ResponseError(ErrorCodes.InvalidParams, `${method}: ${where === null ? '' : `${where}: `}${issue.message}`);
}
