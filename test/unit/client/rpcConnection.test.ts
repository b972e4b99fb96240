import assert from 'node:assert/strict';
import net from 'node:net';
import path from 'node:path';
import {
  ErrorCodes,
  type MessageConnection,
  NotificationType,
  RequestType,
  RequestType0,
  ResponseError,
} from 'vscode-jsonrpc';
import { createMessageConnection, SocketMessageReader, SocketMessageWriter } from 'vscode-jsonrpc/node';
import { RpcConnection } from '../../../runner/client/rpcConnection.ts';
import { UserError, type UserErrorData, userErrorRpcCode } from '../../../runner/protocol/errors.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const echo = new RequestType<{ text: string }, string, UserErrorData>('test/echo');
const plain = new RequestType0<number, UserErrorData>('test/plain');
const silent = new RequestType0<number, UserErrorData>('test/silent');
const happened = new NotificationType<{ ids: string[] }>('test/happened');

describe('the client’s half of a connection', () => {
  const folder = useTempFolder();
  let server: net.Server;
  let other: MessageConnection;
  let connection: RpcConnection;

  beforeEach(async () => {
    const socketPath = path.join(folder(), 's');
    const accepted = new Promise<net.Socket>((resolve) => {
      server = net.createServer(resolve);
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    connection = new RpcConnection(net.connect(socketPath));
    const socket = await accepted;
    // The daemon's half is the library itself.
    other = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
    other.listen();
  });
  afterEach(() => {
    connection.close();
    other.end();
    server.close();
  });

  it('gets the answer to each of many questions asked at once', async () => {
    other.onRequest(echo, ({ text }) => text);
    other.onRequest(plain, () => 7);
    const texts = Array.from({ length: 50 }, (_, index) => `${'x'.repeat(index * 2_000)}👍${index}`);
    const asked = texts.map((text) => connection.sendRequest(echo, { text }));
    assert.deepEqual(await Promise.all([...asked, connection.sendRequest(plain)]), [...texts, 7]);
  });

  it('throws the UserError that the runner threw', async () => {
    const data: UserErrorData = {
      code: 'noAgent',
      message: 'There is no agent.',
      hint: 'pan work status',
      kind: 'user',
    };
    other.onRequest(plain, () => new ResponseError(userErrorRpcCode, data.message, data));
    await assert.rejects(connection.sendRequest(plain), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(error.toData(), data);
      return true;
    });
  });

  it('does not take a bug of the runner for a mistake of the user', async () => {
    other.onRequest(plain, () => new ResponseError<UserErrorData>(ErrorCodes.InternalError, 'x is undefined'));
    await assert.rejects(connection.sendRequest(plain), (error) => !(error instanceof UserError));
  });

  it('hears what is announced until it ends the subscription', async () => {
    const heard: string[][] = [];
    const end = connection.onNotification(happened, ({ ids }) => heard.push(ids));
    other.onRequest(plain, () => 7);
    await other.sendNotification(happened, { ids: ['a'] });
    await connection.sendRequest(plain);
    end();
    await other.sendNotification(happened, { ids: ['b'] });
    await connection.sendRequest(plain);
    assert.deepEqual(heard, [['a']]);
  });

  it('gives up what was asked when the runner ends, and says so', async () => {
    other.onRequest(silent, () => new Promise<number>(() => undefined));
    other.onRequest(plain, () => 7);
    const closed = new Promise<void>((resolve) => connection.onClose(resolve));
    const asked = connection.sendRequest(silent);
    await connection.sendRequest(plain);
    other.end();
    await assert.rejects(asked, { code: 'connectionLost' });
    await closed;
    await assert.rejects(connection.sendRequest(plain), { code: 'connectionLost' });
  });
});
