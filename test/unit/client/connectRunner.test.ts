import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { type ConnectOptions, connectRunner } from '../../../runner/client/connectRunner.ts';
import { FrameReader, frame } from '../../../runner/client/frameReader.ts';
import { type UserErrorData, userErrorRpcCode } from '../../../runner/protocol/errors.ts';
import { daemonPlaces, socketName } from '../../../runner/protocol/places.ts';
import { protocolVersion } from '../../../runner/protocol/requests.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('the way to the runner', () => {
  const folder = useTempFolder();
  let server: net.Server | undefined;
  let asked: string[];

  beforeEach(() => {
    asked = [];
    server = undefined;
    mkdirSync(daemonPlaces(folder()).runFolder, { recursive: true, mode: 0o700 });
  });

  afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))));

  /** A daemon that speaks this version and ends when it is asked to, unless it refuses that. */
  async function listen(version: string, refusal?: UserErrorData): Promise<void> {
    const made = net.createServer((socket) => {
      const frames = new FrameReader();
      socket.on('error', () => socket.destroy());
      socket.on('data', (piece) => {
        for (const message of frames.feed(piece)) {
          const { id, method } = message as { id: number; method: string };
          asked.push(method);
          const error = { code: userErrorRpcCode, message: '', data: refusal };
          const isRefused = method === 'daemon/shutdown' && refusal !== undefined;
          const result = { protocolVersion: version, version: '0', pid: 1 };
          socket.write(frame(isRefused ? { jsonrpc: '2.0', id, error } : { jsonrpc: '2.0', id, result }));
          if (method !== 'daemon/shutdown' || isRefused) continue;
          made.close();
          rmSync(path.join(daemonPlaces(folder()).runFolder, socketName), { force: true });
          socket.end();
        }
      });
    });
    server = made;
    await new Promise<void>((resolve) => {
      made.listen(path.join(daemonPlaces(folder()).runFolder, socketName), resolve);
    });
  }

  function connect(more: Partial<ConnectOptions> = {}): ReturnType<typeof connectRunner> {
    return connectRunner({
      home: folder(),
      env: {},
      clientName: 'test',
      clientVersion: '0',
      daemonScript: null,
      ...more,
    });
  }

  /** A daemon that only says that it was started. */
  function starting(): Pick<ConnectOptions, 'daemonScript' | 'nodePath'> {
    const script = path.join(folder(), 'runner.js');
    const error = { code: 'started', message: 'It was started.', kind: 'user' };
    writeFileSync(script, `echo '${JSON.stringify(error)}' >&2; exit 1`);
    return { daemonScript: script, nodePath: '/bin/sh' };
  }

  const [major = 1, minor = 0] = protocolVersion.split('.').map(Number);
  const refusal = { code: 'notForAgents', message: 'Agents may not do this.', kind: 'user' } as const;

  it('is a runner of the same version, or a newer one of the same major', async () => {
    await listen(`${major}.${minor + 1}`);
    (await connect()).close();
    assert.deepEqual(asked, ['initialize']);
  });

  for (const version of [`${major}.${minor - 1}`, `${major - 1}.9`]) {
    it(`asks a runner of version ${version} to end, and is not content with it`, async () => {
      await listen(version);
      await assert.rejects(connect(starting()), { code: 'started' });
      assert.deepEqual(asked, ['initialize', 'daemon/shutdown']);
    });
  }

  it('is a runner that lacks what is new where no other may be started', async () => {
    await listen(`${major}.${minor - 1}`);
    (await connect()).close();
    assert.deepEqual(asked, ['initialize']);
  });

  it('is a runner that lacks what is new where an agent may not replace it', async () => {
    await listen(`${major}.${minor - 1}`, refusal);
    (await connect(starting())).close();
    assert.deepEqual(asked, ['initialize', 'daemon/shutdown']);
  });

  it('is no runner of another major, also where an agent may not replace it', async () => {
    await listen(`${major - 1}.9`, refusal);
    await assert.rejects(connect(), { code: 'notForAgents' });
  });

  it('leaves a runner of a newer major alone', async () => {
    await listen(`${major + 1}.0`);
    await assert.rejects(connect(), { code: 'updateNeeded' });
    assert.deepEqual(asked, ['initialize']);
  });

  it('starts none that a person stopped, where that is to be respected', async () => {
    const options = starting();
    writeFileSync(daemonPlaces(folder()).downFile, '');
    await assert.rejects(connect({ ...options, respectDown: true }), { code: 'runnerDown' });
    await assert.rejects(connect(options), { code: 'started' });
    rmSync(daemonPlaces(folder()).downFile);
    await assert.rejects(connect({ ...options, respectDown: true }), { code: 'started' });
  });

  it('takes one that ends at the moment of the connection for none', async () => {
    await listen(protocolVersion);
    const connecting = connect(starting());
    server?.close();
    await assert.rejects(connecting, { code: 'started' });
  });

  it('is one that runs, although a person stopped an earlier one', async () => {
    writeFileSync(daemonPlaces(folder()).downFile, '');
    await listen(protocolVersion);
    (await connect({ respectDown: true })).close();
  });
});
