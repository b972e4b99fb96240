import { appendFileSync, closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { type BenchCase, type BenchResult, ratioResult } from '../benchCase.ts';
import { median } from '../interleave.ts';
import { processMemory } from '../processFacts.ts';

const agentCount = 100;
const restarts = 5;
const transcriptBytes = 100 * 1024 * 1024;
const longLineBytes = 1024 * 1024;
const lineBytes = 1024;
/** Until what a start reads beside its first answers has been read. */
const settleMs = 2_000;
const readTimeoutMs = 300_000;

/** What the daemon holds and reads with many agents, and with long conversations. Linux only: it reads /proc. */
export const memory: BenchCase = {
  name: 'memory',
  async run(homes) {
    const home = await homes.fleet(agentCount);
    const transcripts = await transcriptsOf(home);
    const short = await restart(home);
    homes.say(`lengthening ${transcripts.length} transcripts`);
    for (const { file } of transcripts) lengthen(file);
    await waitFor(() => transcripts.every(isRead) || undefined, {
      timeoutMs: readTimeoutMs,
      what: 'the transcripts to be read',
    });
    const { pid } = await (await home.runner()).daemon.status();
    const afterReading = processMemory(pid ?? 0);
    const long = await restart(home);
    const line = await readOfOneLine(home, transcripts[0]?.file ?? '');
    const with100 = `with ${agentCount} transcripts of 100 MB`;
    return [
      megabytes(`daemon, ${agentCount} idle agents: memory`, short.residentBytes, 120),
      megabytes(`the same ${with100}, all just read`, afterReading.residentBytes, 400),
      megabytes(`the same, after a start`, long.residentBytes, 120),
      megabytes(
        `read by a start ${with100}`,
        long.readBytes,
        20,
        `${(short.readBytes / 1e6).toFixed(1)} MB with short ones`,
      ),
      ratioResult({
        what: `daemon restart ${with100}`,
        against: 'with short ones',
        timeMs: long.timeMs,
        againstMs: short.timeMs,
        limit: 1.25,
      }),
      {
        what: 'read for a new line of 1 kB',
        against: 'nothing',
        value: line,
        limit: 64 * 1024,
        valueText: `${(line / 1024).toFixed(1)} kB`,
        limitText: '64 kB',
        detail: 'of a transcript of 100 MB',
      },
    ];
  },
};

interface Transcript {
  file: string;
  /** What the runner writes down of it. */
  usage: string;
}

async function transcriptsOf(home: RunnerHome): Promise<Transcript[]> {
  return (await home.agents()).map(({ id }) => {
    const { state, usage } = home.paths.agent(id);
    const { transcript } = JSON.parse(readFileSync(state, 'utf8')) as { transcript: string | null };
    if (transcript === null) throw new Error(`${id} has no transcript`);
    return { file: transcript, usage };
  });
}

/** With long lines, which are holes in the file and so take little room on the disk. */
function lengthen(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    for (let end = longLineBytes; end <= transcriptBytes; end += longLineBytes) writeSync(handle, '\n', end - 1);
  } finally {
    closeSync(handle);
  }
}

function isRead({ file, usage }: Transcript): boolean {
  if (!existsSync(usage)) return false;
  const { files } = JSON.parse(readFileSync(usage, 'utf8')) as { files: Record<string, { offset: number }> };
  return files[file]?.offset === statSync(file).size;
}

/** Restarts the daemon several times: medians until it answers, of what it holds then, and of what it had read. */
async function restart(home: RunnerHome): Promise<{ timeMs: number; residentBytes: number; readBytes: number }> {
  const times: number[] = [];
  const facts: ReturnType<typeof processMemory>[] = [];
  for (let round = 0; round < restarts; round += 1) {
    const startMs = performance.now();
    await home.json(['daemon', 'restart']);
    const found = await home.agents();
    times.push(performance.now() - startMs);
    if (found.length !== agentCount) throw new Error(`${found.length} agents after a restart`);
    await delay(settleMs);
    const { pid } = await (await home.runner()).daemon.status();
    facts.push(processMemory(pid ?? 0));
  }
  return {
    timeMs: median(times),
    residentBytes: median(facts.map(({ residentBytes }) => residentBytes)),
    readBytes: median(facts.map(({ readBytes }) => readBytes)),
  };
}

async function readOfOneLine(home: RunnerHome, file: string): Promise<number> {
  const runner = await home.runner();
  const { pid } = await runner.daemon.status();
  const before = processMemory(pid ?? 0).readBytes;
  const text = 'x'.repeat(lineBytes - 80);
  appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), role: 'assistant', text })}\n`);
  await delay(settleMs);
  return processMemory(pid ?? 0).readBytes - before;
}

function megabytes(what: string, bytes: number, limit: number, detail = ''): BenchResult {
  const value = bytes / 1e6;
  return {
    what,
    against: 'nothing',
    value,
    limit,
    valueText: `${value.toFixed(1)} MB`,
    limitText: `${limit} MB`,
    detail,
  };
}
