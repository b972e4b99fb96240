import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RequestType0 } from 'vscode-jsonrpc';
import { createMessageConnection, SocketMessageReader, SocketMessageWriter } from 'vscode-jsonrpc/node';
import { RpcConnection } from '../../../runner/client/rpcConnection.ts';
import { silentDaemon } from '../../../runner/client/silentDaemon.ts';
import type { UserErrorData } from '../../../runner/protocol/errors.ts';
import { daemonPlaces } from '../../../runner/protocol/places.ts';
import { daemonStatus } from '../../../runner/protocol/requests.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const slow = new RequestType0<number, UserErrorData>('test/slow');

describe('what helps against a runner that hangs', () => {
  const home = useTempFolder();

  async function hintWith(lock: string | undefined): Promise<string | undefined> {
    const { runFolder, lockFile } = daemonPlaces(home());
    await mkdir(runFolder, { recursive: true });
    if (lock !== undefined) await writeFile(lockFile, lock);
    const { message, hint } = silentDaemon(home(), 10_000);
    assert.equal(message, 'The runner does not answer within 10 s.');
    return hint;
  }

  it('is to end its process, which takes no shutdown', async () => {
    assert.equal(await hintWith('{"pid":4711}'), 'Look at its log: pan daemon log, or end it: kill -9 4711');
  });

  for (const lock of [undefined, 'x', 'null', '{"pid":"-1"}', '{"pid":-1}']) {
    it(`is its log where nobody knows its process: ${lock}`, async () => {
      assert.equal(await hintWith(lock), 'Look at its log: pan daemon log');
    });
  }
});

describe('a runner that does not answer', () => {
  const folder = useTempFolder();
  let server: net.Server;
  let socket: net.Socket;
  let connection: RpcConnection;
  let asked: number;
  let answer: (result: number) => void;

  beforeEach(async () => {
    asked = 0;
    const socketPath = path.join(folder(), 's');
    const accepted = new Promise<net.Socket>((resolve) => {
      server = net.createServer(resolve);
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    connection = new RpcConnection(net.connect(socketPath), { quietMs: 30, askedMs: 300 });
    socket = await accepted;
    const daemon = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
    daemon.onRequest(slow, () => new Promise<number>((resolve) => (answer = resolve)));
    daemon.onRequest(daemonStatus.method, () => (asked += 1));
    daemon.listen();
  });
  afterEach(() => {
    connection.close();
    socket.destroy();
    server.close();
  });

  it('is given up, whatever it was asked', async () => {
    socket.pause();
    const closed = new Promise<void>((resolve) => connection.onClose(resolve));
    await assert.rejects(connection.sendRequest(slow), {
      code: 'daemonSilent',
      message: 'The runner does not answer.',
    });
    await closed;
  });

  it('is waited for while it works at what takes long', async () => {
    const answered = connection.sendRequest(slow);
    await delay(600);
    answer(7);
    assert.equal(await answered, 7);
    assert.ok(asked > 1, 'it was asked whether it is there');
  });

  it('is asked nothing while nobody waits for it', async () => {
    const answered = connection.sendRequest(slow);
    await delay(10);
    answer(7);
    await answered;
    await delay(120);
    assert.equal(asked, 0);
  });
});
