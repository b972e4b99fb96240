import { createInterface } from 'node:readline';
import { createExec } from '../../runner/core/exec.ts';
import { tryProcessLock } from '../../runner/core/files/processLock.ts';
import { createPlatform } from '../../runner/core/platform/createPlatform.ts';

/**
 * A program for tests: for each line of its input, the path of a lock, tries to take that lock and answers `won` or the
 * pid of who holds it. It keeps what it won.
 */
async function main(): Promise<void> {
  const platform = createPlatform(process.platform, createExec({ PATH: process.env['PATH'] ?? '' }));
  const startTime = (await platform.startTimeOf(process.pid)) ?? '';
  const deps = { self: { pid: process.pid, startTime }, startTimeOf: (pid: number) => platform.startTimeOf(pid) };
  for await (const file of createInterface({ input: process.stdin })) {
    const attempt = await tryProcessLock(file, deps);
    process.stdout.write(`${attempt.acquired ? 'won' : attempt.holder.pid}\n`);
  }
}

void main();
