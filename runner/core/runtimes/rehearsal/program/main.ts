import { randomUUID } from 'node:crypto';
import { foldedPrompt } from './composer.ts';
import { Conversation } from './conversation.ts';
import { HookReporter } from './hookReporter.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { printableText } from './printableText.ts';
import { Rehearsal } from './rehearsal.ts';
import { Screen } from './screen.ts';
import { DEFAULT_SCRIPT, loadScript } from './script.ts';
import { StartError } from './startError.ts';
import { readKeys } from './terminalInput.ts';

const BANNER = 'rehearsal: no model runs here, a script plays its part';

main();

function main(): void {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options.help) process.stdout.write(USAGE);
    else start(options);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`error: ${printableText(error.message)}\n`);
    process.exitCode = error.exitCode;
  }
}

function start(options: Options): void {
  const { env, stdin, stdout } = process;
  const scriptFile = options.scriptFile ?? (env.PAN_REHEARSAL_SCRIPT || null);
  const script = scriptFile === null ? DEFAULT_SCRIPT : loadScript(scriptFile);
  const sessionId = options.resume ?? options.sessionId ?? randomUUID();
  const conversation =
    options.resume === null
      ? Conversation.create(options.stateDir, sessionId)
      : Conversation.resume(options.stateDir, sessionId);
  const screen = new Screen(stdout);
  const hooks = new HookReporter(
    {
      cwd: process.cwd(),
      permissionMode: options.permissionMode,
      sessionId,
      transcriptPath: conversation.path,
    },
    env,
  );
  const rehearsal = new Rehearsal({
    answersFolder: env.PAN_ANSWERS,
    conversation,
    cwd: process.cwd(),
    hooks,
    issueId: env.PAN_ISSUE_ID || 'no issue',
    mode: options.permissionMode,
    screen,
    script,
    crash: (how) => (how === 'SIGKILL' ? process.kill(process.pid, 'SIGKILL') : process.exit(how)),
    exit: (code) => process.exit(code),
  });
  endBySignals(rehearsal);
  // Raw mode comes first: before it, the terminal's line discipline would keep or change what is sent.
  readKeys(stdin, rehearsal);
  screen.open();
  screen.print(BANNER);
  for (const message of conversation.recent) screen.print(`  ${message.role}: ${foldedPrompt(message.text)}`);
  rehearsal.refresh();
  hooks.report('SessionStart', { source: options.resume === null ? 'startup' : 'resume', model: options.model });
  if (options.prompt !== null) rehearsal.submit(options.prompt);
}

function endBySignals(rehearsal: Rehearsal): void {
  process.once('SIGTERM', () => rehearsal.end(143, 'other'));
  process.once('SIGHUP', () => rehearsal.end(129, 'other'));
  process.once('SIGINT', () => rehearsal.end(130, 'other'));
  // The terminal is gone; the signal that says so may come later than the failed write.
  process.stdout.once('error', () => rehearsal.end(129, 'other'));
}
