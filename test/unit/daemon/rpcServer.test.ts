import assert from 'node:assert/strict';
import { lstatSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { RequestType0 } from 'vscode-jsonrpc';
import { frame } from '../../../runner/client/frameReader.ts';
import { RpcConnection } from '../../../runner/client/rpcConnection.ts';
import { RunnerClient } from '../../../runner/client/runnerClient.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { Runner } from '../../../runner/core/runner.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { RpcServer } from '../../../runner/daemon/rpcServer.ts';
import { UserError, type UserErrorData } from '../../../runner/protocol/errors.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { type AgentListParams, type HookPushParams, initialize } from '../../../runner/protocol/requests.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';
import { aHookItem, anAgent } from '../cli/models.ts';

describe('the socket server', () => {
  const folder = useTempFolder();
  const changes = new Changes();
  let server: RpcServer;
  let socket: string;
  let clients: number;
  let logged: string[];
  let unexpected: unknown[];
  let start: (onProgress: (phase: string) => void, signal: AbortSignal) => Promise<void>;
  let pushed: HookPushParams[];
  const noticeUnexpected = (error: unknown) => void unexpected.push(error);

  beforeEach(async () => {
    [clients, logged, unexpected, pushed] = [0, [], [], []];
    start = async () => undefined;
    process.on('unhandledRejection', noticeUnexpected);
    server = makeServer();
    socket = path.join(folder(), 'pan.sock');
    await server.listen(socket);
  });

  afterEach(async () => {
    await server.close();
    process.off('unhandledRejection', noticeUnexpected);
  });

  function makeServer(): RpcServer {
    const write = (text: string) => void logged.push(text);
    return new RpcServer({
      runner: fakeRunner(),
      daemon: {
        status: () => Promise.reject(new Error('not asked')),
        pin: () => Promise.reject(new Error('not asked')),
        shutdown: () => Promise.reject(new Error('not asked')),
      },
      version: '1',
      clock: systemClock,
      log: { info: write, warn: write, error: write },
      onClients: (count) => {
        clients = count;
      },
    });
  }

  function fakeRunner(): Runner {
    const refused = () => Promise.reject(new UserError({ code: 'noAgent', message: 'There is no agent MIN-99.' }));
    const partial = {
      changes,
      agentAround: async () => undefined,
      workspaces: { changes: async ({ id }: { id: string }) => ({ of: id }), file: () => assert.fail() },
      hooks: {
        push: async (params: HookPushParams) => {
          pushed.push(params);
          return aHookItem();
        },
      },
      agents: {
        start: async (_params: unknown, onProgress: (phase: string) => void, signal: AbortSignal) => {
          await start(onProgress, signal);
          return anAgent();
        },
        list: async (params: AgentListParams) => (params.ids ?? ['all']).map((id) => anAgent({ id })),
        tell: async () => ({ outcome: 'queued', detail: 'it asks', tookMs: null }),
        done: refused,
        doneFromInside: refused,
      },
    };
    return partial as unknown as Runner;
  }

  async function connect(agentId: string | null = null): Promise<RunnerClient> {
    const client = new RunnerClient(new RpcConnection(net.connect(socket)));
    await client.initialize({
      protocolVersion: '1.0',
      client: { name: 'test', version: '0', pid: process.pid, agentId },
    });
    return client;
  }

  /** A client that is stopped by Ctrl-Z or by a debugger: it reads nothing. */
  async function connectUnread(first: string): Promise<net.Socket> {
    const client = net.connect(socket);
    await new Promise<void>((resolve) => client.once('connect', resolve));
    client.pause();
    client.write(first);
    await waitFor(() => (clients === 1 ? true : undefined), { timeoutMs: 10_000, what: 'the client to come' });
    // A turn for what it wrote to be read.
    await delay(50);
    return client;
  }

  async function change(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
      if (count % 200 === 0) await turn();
    }
  }

  async function everybodyLeft(): Promise<void> {
    await waitFor(() => (clients === 0 ? true : undefined), { timeoutMs: 10_000, what: 'the client to leave' });
  }

  it('goes on with a start whose client has left, whatever it has to say to it', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let began = false;
    let finished = false;
    start = async (onProgress) => {
      began = true;
      await gate;
      onProgress('starting');
      changes.fire({ scope: 'agents', ids: ['agent-min-1'] });
      finished = true;
    };
    const client = await connect();
    const answer = client.agents.start({ id: 'MIN-1' }, () => undefined).catch(() => 'gone');
    await waitFor(() => (began ? true : undefined), { timeoutMs: 10_000, what: 'the start' });
    client.close();
    assert.equal(await answer, 'gone');
    await everybodyLeft();
    release();
    await waitFor(() => (finished ? true : undefined), { timeoutMs: 10_000, what: 'the start to finish' });
    assert.deepEqual(unexpected, []);
  });

  it('leaves a client that reads nothing of what changes', async () => {
    const params = {
      protocolVersion: '1.0',
      client: { name: 'test', version: '0', pid: process.pid, agentId: null },
    };
    const client = await connectUnread(frame({ jsonrpc: '2.0', id: 1, method: 'initialize', params }));
    await change(20_000);
    await everybodyLeft();
    client.destroy();
    assert.deepEqual(logged, ['a client left 10000 changes unread: its connection is closed']);
  });

  it('tells nothing to a client that has not said who it is', async () => {
    const client = await connectUnread('');
    await change(20_000);
    client.resume();
    await delay(50);
    assert.deepEqual([client.bytesRead, clients], [0, 1]);
    client.destroy();
    await everybodyLeft();
  });

  it('has a start given up that its own client cancels, and no other', async () => {
    const signals: AbortSignal[] = [];
    start = async (_onProgress, signal) => {
      signals.push(signal);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    };
    const [one, other] = [await connect(), await connect()];
    const [canceling, leaving] = [new AbortController(), new AbortController()];
    // Both are the first request of their client, so that they have the same token.
    const started = one.agents.start({ id: 'MIN-1' }, undefined, canceling.signal);
    other.agents.start({ id: 'MIN-2' }, undefined, leaving.signal).catch(() => undefined);
    await waitFor(() => (signals.length === 2 ? true : undefined), { timeoutMs: 10_000, what: 'both starts' });
    other.close();
    canceling.abort();
    await started;
    one.close();
    await everybodyLeft();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    leaving.abort();
  });

  it('hears of a cancel that follows the request at once', async () => {
    start = async (_onProgress, signal) => {
      await waitFor(() => signal.aborted || undefined, { timeoutMs: 10_000, what: 'the cancel' });
    };
    const client = await connect();
    await client.agents.start({ id: 'MIN-1' }, undefined, AbortSignal.abort());
    client.close();
    await everybodyLeft();
  });

  it('lists all agents to a client of an earlier version, which gives no params', async () => {
    const client = await connect();
    const socketOf = new RpcConnection(net.connect(socket));
    await socketOf.sendRequest(initialize, {
      protocolVersion: '1.1',
      client: { name: 'old', version: '0', pid: process.pid, agentId: null },
    });
    const listed = await socketOf.sendRequest(new RequestType0<Agent[], UserErrorData>('agent/list'));
    assert.deepEqual([listed, await client.agents.list()], [[anAgent({ id: 'all' })], [anAgent({ id: 'all' })]]);
    assert.deepEqual(await client.agents.list({ ids: [] }), []);
    socketOf.close();
    client.close();
    await everybodyLeft();
  });

  it('opens its socket to nobody else, and takes no rights from what is made meanwhile', async () => {
    const before = process.umask();
    const second = makeServer();
    const file = path.join(folder(), 'second.sock');
    let listens = false;
    const listening = second.listen(file).then(() => {
      listens = true;
    });
    const seen = new Set<number>();
    while (!listens) {
      seen.add(process.umask());
      await new Promise((resolve) => process.nextTick(resolve));
      if (seen.size > 1) break;
      await new Promise(setImmediate);
    }
    await listening;
    assert.deepEqual([...seen, process.umask()], [before, before]);
    assert.equal(lstatSync(file).mode & 0o777, 0o600);
    await second.close();
  });

  it('shows an agent the changes of its own workspace, and of no other', async () => {
    const agent = await connect('agent-min-1');
    assert.deepEqual(await agent.workspaces.changes({ id: 'min-1' }), { of: 'min-1' });
    const file = { id: 'MIN-2', path: 'a', commit: 'b' };
    for (const looks of [agent.workspaces.changes({ id: 'MIN-2' }), agent.workspaces.file(file)]) {
      await assert.rejects(looks, { code: 'notForAgents' });
    }
    agent.close();
  });

  it('says itself that an item comes from an agent', async () => {
    const item = { itemId: aHookItem().id, text: 'x', source: 'user' };
    const agent = await connect('agent-min-1');
    await agent.hooks.push({ id: 'MIN-1', ...item });
    const person = await connect();
    await person.hooks.push({ id: 'MIN-1', ...item });
    await person.hooks.push({ id: 'MIN-1', ...item, source: undefined });
    assert.deepEqual(
      pushed.map(({ source }) => source),
      ['agent', 'user', undefined],
    );
    agent.close();
    person.close();
  });

  it('writes down who asked for what and how it ended, without the text of a message', async () => {
    const person = await connect();
    await person.agents.tell({ id: 'agent-min-3', text: 'the password is hunter2' });
    await person.agents.start({ id: 'min-3' });
    await assert.rejects(person.agents.done({ id: 'MIN-99' }));
    const agent = await connect('agent-min-3');
    await assert.rejects(agent.agents.kill({ id: 'MIN-4' }), /may not do this/);
    assert.deepEqual(logged, [
      'agent/tell MIN-3, asked by a person',
      'agent/tell MIN-3: queued',
      'agent/start MIN-3, asked by a person',
      'agent/start MIN-3: done',
      'agent/done MIN-99, asked by a person',
      'agent/done MIN-99 refused: There is no agent MIN-99.',
      'agent/kill MIN-4, asked by agent-min-3',
      'agent/kill MIN-4 refused: agent-min-3 may not do this: agents use their own hook, mark their own work done, and read lists.',
    ]);
    person.close();
    agent.close();
  });
});
