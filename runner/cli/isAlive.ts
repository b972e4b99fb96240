import { readFileSync } from 'node:fs';

/** Whether a process still runs. One that has ended and waits for its parent to notice (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** In a container whose first process is no init, nobody collects what a detached process leaves (proc(5), state Z). */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
  } catch {
    // No /proc (macOS, where launchd collects them), or gone since.
    return false;
  }
}
