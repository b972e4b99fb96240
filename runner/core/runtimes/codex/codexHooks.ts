import { createHash } from 'node:crypto';
import { quoteForSh } from '../../text/quoteForSh.ts';

interface CodexHook {
  event: string;
  /** Seconds after which Codex ends it. */
  timeout: number;
  /** Codex does not wait for it. Where it does wait, reports cannot overtake each other. */
  async: boolean;
  /** Shown while it runs. */
  statusMessage?: string;
}

/** Reports; Codex waits for the process of each, about 0.1 s. */
const reportSeconds = 30;
/** A request may wait for its answer until somebody comes back the next day. */
const requestSeconds = 86_400;

/** Codex 0.169.0 knows these; SessionEnd is cut to 3 s, before it is trusted. */
const hooks: readonly CodexHook[] = [
  { event: 'SessionStart', timeout: reportSeconds, async: false },
  { event: 'UserPromptSubmit', timeout: reportSeconds, async: false },
  { event: 'PreToolUse', timeout: reportSeconds, async: true },
  { event: 'PostToolUse', timeout: reportSeconds, async: false },
  {
    event: 'PermissionRequest',
    timeout: requestSeconds,
    async: false,
    statusMessage: 'waiting for your answer: pan work answer',
  },
  { event: 'Stop', timeout: reportSeconds, async: false },
  { event: 'SessionEnd', timeout: 3, async: false },
];

/**
 * The arguments that give one process of Codex these hooks, beside the user's own, and the trust in them that its
 * dialog "Hooks need review" would ask for. Nothing is written; hooks that the user has not reviewed stay untrusted.
 */
export function codexHookFlags(panCommand: string): string[] {
  const command = hookCommand(panCommand);
  const given = hooks.flatMap((hook) => ['--config', `hooks.${hook.event}=[{hooks=[${handlerTable(hook, command)}]}]`]);
  const trusted = hooks.map((hook) => {
    const key = `/<session-flags>/config.toml:${snakeCase(hook.event)}:0:0`;
    return `${tomlString(key)}={trusted_hash=${tomlString(hookHash(hook, command))}}`;
  });
  return [...given, '--config', `hooks.state={${trusted.join(',')}}`];
}

/**
 * Does nothing when the runner has been removed. For whatever shell the user has: in it the command is words in plain
 * quotes.
 */
function hookCommand(panCommand: string): string {
  const program = quoteForSh(panCommand);
  return `/bin/sh -c ${quoteForSh(`[ -x ${program} ] && exec ${program} hook; exit 0`)}`;
}

function handlerTable({ timeout, async, statusMessage }: CodexHook, command: string): string {
  const fields = [`type="command"`, `command=${tomlString(command)}`, `timeout=${timeout}`];
  if (async) fields.push('async=true');
  if (statusMessage !== undefined) fields.push(`statusMessage=${tomlString(statusMessage)}`);
  return `{${fields.join(',')}}`;
}

/** As Codex 0.169.0 identifies a hook: SHA-256 of its JSON without white space, keys in order of the alphabet. */
function hookHash({ event, timeout, async, statusMessage }: CodexHook, command: string): string {
  const message = statusMessage === undefined ? {} : { statusMessage };
  const handler = { async, command, ...message, timeout, type: 'command' };
  const identity = JSON.stringify({ event_name: snakeCase(event), hooks: [handler] });
  return `sha256:${createHash('sha256').update(identity).digest('hex')}`;
}

function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
}

/** TOML's basic strings have JSON's escapes (TOML 1.0). */
export function tomlString(text: string): string {
  return JSON.stringify(text);
}
