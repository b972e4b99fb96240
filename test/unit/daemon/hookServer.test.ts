import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { HookTokens } from '../../../runner/core/agents/hookTokens.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { Clock } from '../../../runner/core/ports.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { HookServer } from '../../../runner/daemon/hookServer.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

interface Post {
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
}

interface Answer {
  status: number | undefined;
  body: string;
  headers: http.IncomingHttpHeaders;
}

describe('the port that hooks post to', () => {
  const folder = useTempFolder();
  let server: HookServer;
  let taken: [agentId: string, event: AgentEvent][];
  let logged: string[];
  let sink: (agentId: string, event: AgentEvent) => Promise<void>;
  let token: string;
  let blocker: net.Server | undefined;

  beforeEach(async () => {
    [taken, logged, blocker] = [[], [], undefined];
    sink = async (agentId, event) => void taken.push([agentId, event]);
    server = makeServer();
    await server.listen();
    token = await new HookTokens({ paths: createPaths(folder()) }).create('agent-min-1', 'launch');
  });

  afterEach(async () => {
    await server.close();
    await new Promise<void>((resolve) => (blocker === undefined ? resolve() : blocker.close(() => resolve())));
  });

  function makeServer(clock: Clock = systemClock): HookServer {
    const write = (text: string) => void logged.push(text);
    return new HookServer({
      portFile: portFile(),
      tokens: new HookTokens({ paths: createPaths(folder()) }),
      sink: (agentId, event) => sink(agentId, event),
      clock,
      log: { info: write, warn: write, error: (text, error) => write(`${text} ${String(error)}`) },
    });
  }

  const portFile = () => path.join(folder(), 'run', 'hook-port');
  const keptPort = () => Number(readFileSync(portFile(), 'utf8'));

  /** A post as a hook sends it, with what the test changes; a header that is undefined is left out. */
  function post(change: Post = {}): Promise<Answer> {
    const { hostname, port, pathname } = new URL(server.url ?? '');
    const given = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-pan-agent': 'agent-min-1',
      'x-pan-launch': 'launch',
      ...change.headers,
    };
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const options = { hostname, port, path: change.path ?? pathname, method: change.method ?? 'POST', headers };
    return new Promise((resolve, reject) => {
      const request = http.request({ ...options, headers: headers as http.OutgoingHttpHeaders }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, body, headers: response.headers }));
      });
      request.on('error', reject);
      request.end(change.body ?? JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash' }));
    });
  }

  it('takes an event with the token of the launch, and gives no order', async () => {
    const { status, body } = await post();
    assert.deepEqual([status, body], [200, '{}']);
    const [[agentId, { at, ...event }] = ['', { at: '' }]] = taken;
    assert.equal(agentId, 'agent-min-1');
    assert.ok(Date.now() - Date.parse(at) < 10_000);
    const reported = { hook_event_name: 'PreToolUse', tool_name: 'Bash' };
    assert.deepEqual(event, { source: 'hook', launchId: 'launch', event: reported });
  });

  it('is reached by its name as well', async () => {
    const { port } = new URL(server.url ?? '');
    assert.equal((await post({ headers: { host: `localhost:${port}` } })).status, 200);
  });

  const refused: readonly [what: string, status: number, change: Post][] = [
    ['no token', 401, { headers: { authorization: undefined } }],
    ['a wrong token', 401, { headers: { authorization: 'Bearer wrong' } }],
    ['an empty token', 401, { headers: { authorization: 'Bearer ' } }],
    ['another way to name the token', 401, { headers: { authorization: 'Basic eDp5' } }],
    ['no agent', 401, { headers: { 'x-pan-agent': undefined } }],
    ['another agent', 401, { headers: { 'x-pan-agent': 'agent-min-2' } }],
    ['an agent that is a path', 401, { headers: { 'x-pan-agent': '../agent-min-1' } }],
    ['no launch', 401, { headers: { 'x-pan-launch': undefined } }],
    ['another launch', 401, { headers: { 'x-pan-launch': 'earlier' } }],
    ['the name of a page that points here', 403, { headers: { host: 'evil.example' } }],
    ['the right name without the port', 403, { headers: { host: '127.0.0.1' } }],
    ['a page in a browser', 403, { headers: { origin: 'http://localhost' } }],
    ['a page that hides where it is from', 403, { headers: { origin: 'null' } }],
    ['another path', 404, { path: '/' }],
    ['a path below', 404, { path: '/hook/x' }],
    ['a path with a question', 404, { path: '/hook?x' }],
    ['a read', 405, { method: 'GET', body: '' }],
    ['the question of a browser', 405, { method: 'OPTIONS', body: '' }],
    ['what a form sends', 415, { headers: { 'content-type': 'text/plain' } }],
    ['no type', 415, { headers: { 'content-type': undefined } }],
    ['what is no JSON', 400, { body: '{' }],
    ['a list', 400, { body: '[]' }],
    ['an event without a name', 400, { body: '{"tool_name":"Bash"}' }],
    ['nothing', 400, { body: '' }],
    ['more than 8 MB by its own word', 413, { headers: { 'content-length': String(8 * 1024 * 1024 + 1) } }],
    [
      'more than 8 MB',
      413,
      { headers: { 'transfer-encoding': 'chunked' }, body: Buffer.alloc(8 * 1024 * 1024 + 1, 32) },
    ],
  ];
  for (const [what, status, change] of refused) {
    it(`refuses ${what} with ${status}, and takes nothing`, async () => {
      const answer = await post(change);
      assert.equal(answer.status, status);
      assert.ok(typeof JSON.parse(answer.body).error === 'string');
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      assert.deepEqual(taken, []);
      assert.ok(!logged.join('\n').includes(token));
    });
  }

  async function connected(): Promise<{ socket: net.Socket; ended: Promise<void> }> {
    const { port } = new URL(server.url ?? '');
    const socket = net.connect(Number(port), '127.0.0.1');
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
    socket.on('error', () => undefined);
    return { socket, ended };
  }

  it('listens for this machine only', () => assert.equal(new URL(server.url ?? '').hostname, '127.0.0.1'));

  it('knows a token that was made after it began, and no longer the one before', async () => {
    const tokens = new HookTokens({ paths: createPaths(folder()) });
    const file = createPaths(folder()).agent('agent-min-1').hookToken;
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const next = await tokens.create('agent-min-1', 'second');
    assert.ok(next !== token && next.length >= 43);
    assert.equal(await tokens.matches('agent-min-1', 'launch', token), false);
    assert.equal(await tokens.matches('agent-min-1', 'second', token), false);
    assert.equal(await tokens.matches('agent-min-1', 'second', next), true);
    assert.equal(await tokens.matches('agent-min-9', '', ''), false);
  });

  it('hands on the events of one agent in order, each after the one before was taken', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    sink = async (_, { event }) => {
      if (order.push('begun') === 1) await held;
      order.push(String('n' in event ? event['n'] : ''));
    };
    // The tool is answered although the first is not taken yet.
    assert.equal((await post({ body: '{"hook_event_name":"Stop","n":1}' })).status, 200);
    const second = post({ body: '{"hook_event_name":"Stop","n":2}' });
    release();
    assert.equal((await second).status, 200);
    assert.deepEqual(order, ['begun', '1', 'begun', '2']);
  });

  it('answers also when an event cannot be taken, and says so in the log', async () => {
    sink = () => Promise.reject(new Error('disk full'));
    assert.equal((await post()).status, 200);
    assert.match(logged.join('\n'), /a posted event of agent-min-1 was not taken Error: disk full/);
  });

  it('is the same after a restart', async () => {
    const url = server.url;
    await server.close();
    server = makeServer();
    await server.listen();
    assert.equal(server.url, url);
    assert.equal((await post()).status, 200);
  });

  it('is another one, kept from then on, when somebody else has it', async () => {
    const port = keptPort();
    await server.close();
    const other = net.createServer();
    blocker = other;
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    server = makeServer();
    await server.listen();
    assert.notEqual(keptPort(), port);
    assert.equal(server.url, `http://127.0.0.1:${keptPort()}/hook`);
    assert.match(logged.join('\n'), /is taken \(EADDRINUSE\)/);
    assert.equal((await post()).status, 200);
  });

  it('is chosen anew when its file holds none', async () => {
    await server.close();
    writeFileSync(portFile(), '99999999');
    server = makeServer();
    await server.listen();
    assert.equal((await post()).status, 200);
  });

  it('ends a connection whose request does not come to its end, however it drips', async () => {
    await server.close();
    const clock = new MovableClock();
    server = makeServer(clock);
    await server.listen();
    const { socket, ended } = await connected();
    for (const text of ['POST /hook HTTP/1.1\r\n', 'X-Drip: 1\r\n', 'X-Drip: 2\r\n']) {
      socket.write(text);
      clock.move(4_000);
    }
    assert.equal(socket.closed, false);
    clock.move(4_000);
    await ended;
    assert.equal((await post()).status, 200);
    await waitFor(() => clock.waiting === 0 || undefined, { timeoutMs: 10_000, what: 'nothing to tick any more' });
  });

  it('takes a bounded number of connections, and others again when those have gone', async () => {
    const held = await Promise.all(Array.from({ length: 64 }, connected));
    await assert.rejects(post());
    for (const { socket } of held) socket.destroy();
    await Promise.all(held.map(({ ended }) => ended));
    await waitFor(
      () =>
        post().then(
          (answer) => answer.status === 200 || undefined,
          () => undefined,
        ),
      {
        timeoutMs: 10_000,
        what: 'a place',
      },
    );
  });

  it('closes at once, whoever is connected', async () => {
    const { socket, ended } = await connected();
    socket.write('POST /hook HTTP/1.1\r\n');
    await server.close();
    await ended;
  });
});
