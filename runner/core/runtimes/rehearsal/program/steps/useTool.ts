import type { Stage } from '../stage.ts';

type ToolInput = Readonly<Record<string, unknown>>;

/**
 * Acts between the two events that a real tool's hooks report. Interrupted, it reports no end, as real tools do;
 * a failure is reported as an end and passed on.
 */
export async function useTool(
  tool: string,
  input: ToolInput,
  stage: Stage,
  act: () => Promise<void> | void,
): Promise<void> {
  stage.report('PreToolUse', { tool_name: tool, tool_input: input });
  try {
    await act();
  } finally {
    if (!stage.signal.aborted) stage.report('PostToolUse', { tool_name: tool, tool_input: input });
  }
}

/** True, with a line on the screen, when the permission mode forbids to change anything. */
export function refusedByPlanMode(what: string, stage: Stage): boolean {
  if (stage.mode !== 'plan') return false;
  stage.note(`plan mode: not done: ${what}`);
  return true;
}
