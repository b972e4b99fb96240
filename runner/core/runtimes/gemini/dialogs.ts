import type { HookEvent } from '../../events/agentEvent.ts';
import type { ScreenDialog, TypingStep } from '../runtimeBehaviour.ts';
import { lastBox, withoutFrame } from './lastBox.ts';
import { readQuestion } from './questionDialog.ts';

/** What the dialog on the screen asks, and the keys that answer it; undefined where that cannot be read for certain. */
export function readDialog(screen: string): ScreenDialog | undefined {
  const inside = lastBox(screen);
  return inside === undefined ? undefined : (readPermission(inside) ?? readQuestion(inside));
}

/**
 * What "Allow for this session" allows (0.61.0): a rule for the programs that a command calls, whatever their arguments;
 * for an edit the mode `auto_edit`.
 */
export function sessionAllows(event: HookEvent): string | undefined {
  switch (event['tool_name']) {
    case 'run_shell_command':
      return 'every command of these programs';
    case 'write_file':
    case 'replace':
      return 'all edits';
    default:
      return undefined;
  }
}

/**
 * The dialog in which a tool's use is allowed or not, as it stands on the screen:
 *
 *     ╭───────────────────────────────────╮
 *     │ ? Shell  npm test                 │
 *     │ ╭───────────────────────────────╮ │
 *     │ │ npm test                      │ │
 *     │ ╰───────────────────────────────╯ │
 *     │ Allow execution of [Shell]?       │
 *     │                                   │
 *     │ ● 1. Allow once                   │
 *     │   2. Allow for this session       │
 *     │   3. No, suggest changes (esc)    │
 *     ╰───────────────────────────────────╯
 *
 * Which options there are differs, so that their numbers are read. A number answers at once, without Enter.
 */
function readPermission(inside: readonly string[]): ScreenDialog | undefined {
  const header = inside.map((line) => /^\? +(\S+) +(\S.*)$/.exec(line)).find((match) => match !== null);
  if (header === undefined) return undefined;
  const options = optionsIn(inside);
  const allow = options.get('Allow once');
  if (allow === undefined) return undefined;
  const subject = subjectOf(header[1] ?? '', header[2] ?? '', innerBox(inside));
  if (subject === undefined) return undefined;
  const session = options.get('Allow for this session');
  const deny = options.get('No, suggest changes (esc)');
  return {
    subject,
    allow: digit(allow),
    ...(session === undefined ? {} : { session: digit(session) }),
    ...(deny === undefined ? {} : { deny: digit(deny) }),
  };
}

/** The lines of the box within; its frame was cut at the right end as well. */
function innerBox(inside: readonly string[]): string[] {
  const top = inside.findIndex((line) => line.startsWith('╭'));
  const bottom = inside.findIndex((line) => line.startsWith('╰'));
  if (top === -1 || bottom < top) return [];
  return inside.slice(top + 1, bottom).map(withoutFrame);
}

function optionsIn(inside: readonly string[]): Map<string, string> {
  const found = inside.map((line) => /^(?:●| ) (\d)\. (.+)$/.exec(line)).filter((match) => match !== null);
  const isFocused = inside.some((line) => line.startsWith('● '));
  return new Map(isFocused ? found.map((match) => [match[2] ?? '', match[1] ?? '']) : []);
}

/** A command that runs in another folder than the agent's is not named by its text alone. */
function subjectOf(tool: string, description: string, body: readonly string[]): string | undefined {
  switch (tool) {
    case 'Shell':
      return description.includes(' [in ') || body.length === 0 ? undefined : body.join(' ');
    case 'WriteFile':
      return /^Writing to (.+)$/.exec(description)?.[1];
    case 'Edit':
      return /^(.+?): /.exec(description)?.[1];
    default:
      return undefined;
  }
}

function digit(key: string): TypingStep[] {
  return [{ kind: 'type', text: key }];
}
