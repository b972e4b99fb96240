import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../../runner/cli/isAlive.ts';
import { awaitAnswer } from '../../../runner/client/awaitAnswer.ts';
import type { AgentRequest, AnswerResult } from '../../../runner/protocol/models.ts';
import { panProgram } from '../../support/pan.ts';
import { killOne, patienceMs, useRunnerHome } from '../../support/runnerHome.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

const event = { hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: { command: 'make' } };

describe('a hook that waits for an answer', () => {
  const folder = useTempFolder();
  const spool = () => path.join(folder(), 'spool');
  const answers = () => path.join(folder(), 'answers');
  const started: ChildProcess[] = [];

  beforeEach(() => mkdirSync(spool()));
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  function start(input: object, argv: readonly string[] = [process.execPath, panProgram, 'hook']) {
    const [command = '', ...args] = argv;
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder(),
      PAN_AGENT_ID: 'agent-min-1',
      PAN_LAUNCH_ID: 'launch',
      PAN_SPOOL: spool(),
      PAN_ANSWERS: answers(),
    };
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    started.push(child);
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.stdin.end(JSON.stringify(input));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
    });
    return { child, ended };
  }

  /** What the hook left, once it has. */
  function left(): Promise<{ request?: { id: string; pid: number }; event: unknown }> {
    const probe = () => {
      const name = readdirSync(spool()).find((each) => !each.startsWith('.'));
      return name === undefined ? undefined : JSON.parse(readFileSync(path.join(spool(), name), 'utf8'));
    };
    return waitFor(probe, { timeoutMs: patienceMs, what: 'the event' });
  }

  function answer(id: string, text: string): void {
    mkdirSync(answers(), { recursive: true });
    writeFileSync(path.join(answers(), '.t'), text);
    renameSync(path.join(answers(), '.t'), path.join(answers(), `${id}.json`));
  }

  async function ends(pid: number): Promise<void> {
    const gone = () => (isAlive(pid) ? undefined : true);
    await waitFor(gone, { timeoutMs: patienceMs, what: `${pid} to end` });
  }

  it('says who waits, prints the answer as it is, and takes its file away', async () => {
    const { child, ended } = start(event);
    const { request, event: found } = await left();
    assert.deepEqual(found, event);
    assert.equal(request?.pid, child.pid);
    const output = { hookSpecificOutput: { decision: { behavior: 'allow', message: 'é "x"\n' } } };
    answer(request?.id ?? '', JSON.stringify({ output }));
    const { code, output: printed } = await ended;
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(printed), output);
    assert.deepEqual(readdirSync(answers()), []);
    assert.equal(statSync(answers()).mode & 0o777, 0o700);
  });

  it('prints nothing when it is to step back', async () => {
    const { ended } = start(event);
    answer((await left()).request?.id ?? '', '{}');
    assert.deepEqual(await ended, { code: 0, output: '' });
  });

  it('does not mind what is no answer, or is for another', async () => {
    const { ended } = start(event);
    const id = (await left()).request?.id ?? '';
    answer('another', '{"output":1}');
    answer(id, '{"output":');
    answer(id, '{"output":2}');
    assert.deepEqual(await ended, { code: 0, output: '2' });
    assert.deepEqual(readdirSync(answers()), ['another.json']);
  });

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    it(`ends without a word when the tool sends ${signal}`, async () => {
      const { child, ended } = start(event);
      await left();
      // The folder is made when it begins to wait.
      await waitFor(() => existsSync(answers()) || undefined, { timeoutMs: patienceMs, what: 'the folder' });
      child.kill(signal);
      assert.deepEqual(await ended, { code: 0, output: '' });
    });
  }

  it('ends when the tool has ended, even with a shell in between', async () => {
    // The tool calls its hooks as `sh -c`, which outlives it.
    const hook = `${process.execPath} --import=tsx ${path.resolve('test/support/waitingHook.ts')}; :`;
    const tool = `sh -c '${hook}'; :`;
    const { child } = start(event, ['sh', '-c', tool]);
    const { request } = await left();
    assert.ok(request !== undefined && request.pid !== child.pid);
    child.kill('SIGKILL');
    await ends(request.pid);
  });

  it('waits for nothing else: other events, and outside of an agent', async () => {
    assert.deepEqual(await start({ ...event, hook_event_name: 'PreToolUse' }).ended, { code: 0, output: '' });
    assert.deepEqual(await start({ hook_event_name: 'Stop', last_assistant_message: '"PermissionRequest"' }).ended, {
      code: 0,
      output: '',
    });
    assert.equal((await left()).request, undefined);
  });

  it('is answered also in a folder that cannot be watched', async () => {
    const file = path.join(answers(), 'r.json');
    // A file in the folder's place: nothing can be watched.
    writeFileSync(answers(), '');
    const answered = awaitAnswer({ id: 'r', pid: process.pid, file }, 20);
    renameSync(answers(), path.join(folder(), 'was'));
    answer('r', '{"output":{"a":1}}');
    assert.equal(await answered, '{"a":1}');
  });
});

describe('the requests of waiting hooks', () => {
  const the = useRunnerHome();

  /** A tool that calls `pan hook` as real ones do; what the hook prints is in the file `printed`. */
  async function start(
    after: string,
    ...more: Parameters<ReturnType<typeof the>['script']>[0][number]
  ): Promise<string> {
    const hook = `printf '%s' '${JSON.stringify(event)}' | pan hook >printed.tmp && mv printed.tmp printed`;
    the().script([[{ run: ['sh', '-c', `${hook}${after}`] }, ...more]]);
    await the().addProject();
    const id = await the().issue('Ask');
    await the().json(['work', 'issue', id]);
    await the().agent(id, 'waiting');
    return id;
  }

  const request = async (id: string) =>
    (await the().json<{ requests: AgentRequest[] }>(['work', 'requests', id])).requests[0];

  async function printed(id: string): Promise<string> {
    const { workspace } = await the().agent(id, () => true);
    const file = path.join(workspace, 'printed');
    const probe = () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    return waitFor(probe, { timeoutMs: patienceMs, what: 'the hook to end' });
  }

  it('are answered by what the hook prints', async () => {
    const id = await start('');
    assert.equal((await request(id))?.answeredBy, 'hook');
    const { detail } = await the().json<AnswerResult>(['work', 'answer', id, 'deny', '-m', 'no make here']);
    assert.equal(detail, 'Denied with "no make here": make');
    const decision = { behavior: 'deny', message: 'no make here' };
    assert.deepEqual(JSON.parse(await printed(id)), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision },
    });
    await the().agent(id, 'idle');
  });

  it('let the hook go when they have gone, also while no daemon ran', async () => {
    const id = await start(' &', { waitFor: { path: 'go' } });
    await the().json(['daemon', 'stop']);
    const workspace = path.join(the().repository.path, 'workspaces', 'feature-min-1');
    writeFileSync(path.join(workspace, 'go'), '');
    await the().agent(id, 'idle');
    assert.equal(await printed(id), '');
  });

  it('say that only the terminal is left when their hook has gone', async () => {
    const id = await start('', { hang: true });
    for (const pid of await the().processes()) if (isHook(pid)) killOne(pid);
    await waitFor(async () => ((await request(id))?.answeredBy === 'attach' ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the hook to end',
    });
    const { code, stderr } = await the().pan(['work', 'answer', id, 'allow']);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /rehearsal takes the answer to this request of MIN-1 only in its terminal\.\n.*work attach MIN-1/,
    );
  });

  it('and posted events keep their order', async () => {
    the().script([[{ hang: true }]]);
    await the().addProject();
    const id = await the().issue('Order');
    const agent = await the().json<{ agent: { id: string } }>(['work', 'issue', id]);
    await the().agent(id, 'working');
    const files = the().paths.agent(agent.agent.id);
    const { launchId, token } = JSON.parse(readFileSync(files.hookToken, 'utf8'));
    const port = readFileSync(the().paths.hookPortFile, 'utf8').trim();
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-pan-agent': agent.agent.id,
      'x-pan-launch': launchId,
    };
    for (let n = 0; n < 20; n += 1) {
      const envelope = { agentId: agent.agent.id, launchId, token, at: new Date().toISOString(), source: 'hook' };
      const spooled = JSON.stringify({ ...envelope, event: { hook_event_name: 'PreToolUse', n: n * 2 } });
      writeFileSync(path.join(the().paths.spoolFolder, '.x'), spooled);
      renameSync(path.join(the().paths.spoolFolder, '.x'), path.join(the().paths.spoolFolder, `${n}.json`));
      const body = JSON.stringify({ hook_event_name: 'PostToolUse', n: n * 2 + 1 });
      assert.equal((await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', headers, body })).status, 200);
    }
    const kept = readFileSync(files.events, 'utf8').split('\n').slice(0, -1);
    const order = kept.flatMap((line) => JSON.parse(line).event.n ?? []);
    assert.deepEqual(
      order,
      Array.from({ length: 40 }, (_, n) => n),
    );
  });
});

function isHook(pid: number): boolean {
  try {
    const command = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(`${panProgram} hook`);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
