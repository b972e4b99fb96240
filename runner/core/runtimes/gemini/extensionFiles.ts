/** What is written into `~/.gemini/extensions/panopticon/`. */
export interface ExtensionFile {
  /** Relative to the extension's folder. */
  path: string;
  content: string;
}

export const extensionName = 'panopticon';

/** By this the extension is known to be ours. */
export const extensionDescription = 'Tells Panopticon what its agents do. Made anew at every start of one.';

/** The tools whose use may be asked for, and those that ask. What only reads is not reported: it would cost 0.1 s each. */
const asking =
  '^(run_shell_command|write_file|replace|web_fetch|activate_skill|enter_plan_mode|exit_plan_mode|ask_user|mcp_.*)$';

/** AfterModel and PreCompress fire several times for each answer of the model. */
const events: readonly { name: string; matcher?: string }[] = [
  { name: 'SessionStart' },
  { name: 'BeforeAgent' },
  { name: 'BeforeTool', matcher: asking },
  { name: 'Notification' },
  { name: 'AfterTool', matcher: asking },
  { name: 'AfterAgent' },
  { name: 'SessionEnd' },
];

/** The tool waits for a hook; a hook that takes longer is ended, in milliseconds. */
const hookTimeoutMs = 10_000;

/**
 * A hook that fails with anything but 1, as one that is missing does, blocks what the agent is about to do. So it cannot
 * fail, and says nothing. Outside an agent it does nothing. It names no home: several may share the tool's folder.
 */
export const hookCommand = '[ -z "$PAN_AGENT_ID" ] || "$PANOPTICON_HOME/bin/pan" hook >/dev/null 2>&1; exit 0';

export function extensionFiles(): ExtensionFile[] {
  const hook = { type: 'command', name: 'pan', command: hookCommand, timeout: hookTimeoutMs };
  const hooks = Object.fromEntries(events.map(({ name, ...matcher }) => [name, [{ ...matcher, hooks: [hook] }]]));
  const manifest = { name: extensionName, version: '1.0.0', description: extensionDescription };
  return [
    { path: 'gemini-extension.json', content: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: 'hooks/hooks.json', content: `${JSON.stringify({ hooks }, null, 2)}\n` },
  ];
}
