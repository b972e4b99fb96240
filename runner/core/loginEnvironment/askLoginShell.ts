// biome-ignore lint/style/noRestrictedImports: a shell needs a name and a process group of its own, for which the port has no words
import { execa } from 'execa';
import type { LoginShellQuestion } from './loginShellQuestion.ts';
import { parseAnswer } from './parseAnswer.ts';

/** Most that is read of a shell's output, in characters. */
const maxOutput = 4 * 1024 * 1024;
/** What was written before the end is read within this time; others may hold the output open for ever. */
const drainMs = 200;

export interface AskOptions {
  /** What the shell starts with. */
  env: Readonly<Record<string, string>>;
  /** The user's home folder, where it starts. */
  cwd: string;
  timeoutMs: number;
}

/** Asks a login shell for its environment. @throws Error that says in a few words why there is no answer. */
export type AskLoginShell = (question: LoginShellQuestion, options: AskOptions) => Promise<Record<string, string>>;

export const askLoginShell: AskLoginShell = async (question, options) => {
  const deadline = performance.now() + options.timeoutMs;
  let failure: unknown;
  for (const argv of question.argvs) {
    const timeoutMs = deadline - performance.now();
    if (timeoutMs <= 0) break;
    try {
      return await askOnce(question, argv, { ...options, timeoutMs });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
};

/**
 * The shell leads a process group and a session of its own, so that it has no terminal to take hold of, and ends with
 * what it started when it takes too long. Settled by the answer and not by the end of the output, which programs that
 * startup files leave in the background hold open.
 */
function askOnce(
  { shell, argv0, env, mark }: LoginShellQuestion,
  argv: readonly string[],
  options: AskOptions,
): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const child = execa(shell, argv, {
      argv0,
      cwd: options.cwd,
      env: { ...options.env, ...env },
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'ignore',
      buffer: false,
      reject: false,
      detached: true,
      cleanup: false,
      forceKillAfterDelay: false,
    });
    const fail = (reason: string): void => {
      killGroup(child.pid);
      child.stdout.destroy();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail(`it took longer than ${Math.round(options.timeoutMs)} ms`), options.timeoutMs);
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      output += text;
      const answer = parseAnswer(output, mark);
      if (answer !== undefined) {
        child.stdout.destroy();
        resolve(answer);
      } else if (output.length > maxOutput) fail('it prints without end');
    });
    const over = (): void => {
      clearTimeout(timer);
      reject(new Error('it ended without an answer'));
    };
    child.once('exit', () => {
      clearTimeout(timer);
      setTimeout(over, drainMs);
    });
    void child.then(over, over);
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
