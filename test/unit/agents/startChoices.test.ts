import assert from 'node:assert/strict';
import { StartResolver, type StartResolverDeps } from '../../../runner/core/agents/startResolver.ts';
import { parseConfig } from '../../../runner/core/config/parseConfig.ts';
import type { Runtime } from '../../../runner/core/runtimes/runtime.ts';

const modes = ['plan', 'ask', 'auto', 'bypass'];

describe('what an agent can be started with', () => {
  let config: string;
  let last: object | undefined;
  let runtimes: Record<string, Partial<Runtime>>;

  beforeEach(() => {
    config = '';
    last = undefined;
    runtimes = {
      claude: {
        readiness: async () => ({ ready: true }),
        inspect: async () => ({ installed: true, version: '2.1.330', loggedIn: true, fix: null }),
      },
      codex: {
        readiness: async () => ({ ready: false, message: 'Codex is not logged in.', hint: 'Type codex login.' }),
        inspect: async () => ({ installed: true, version: '0.169.0', loggedIn: false, fix: 'codex login' }),
      },
      rehearsal: { readiness: async () => ({ ready: true }) },
    };
  });

  function choices() {
    const deps = {
      config: { read: async () => parseConfig(config, '/home/x') },
      projects: { ofIssue: async () => ({ name: 'shop', path: '/shop', bypassAllowed: true }) },
      runtimes: { names: async () => Object.keys(runtimes), get: async (name: string) => runtimes[name] },
      store: { get: async () => (last === undefined ? undefined : { kind: 'ok', state: last }) },
    };
    return new StartResolver(deps as unknown as StartResolverDeps).choices({ id: 'sho-1' });
  }

  it('is every runtime, with what it would run, those that cannot be started last', async () => {
    config = '[defaults]\nruntime = "claude"\nmodel = "opus"\n[projects.shop]\nmode = "ask"\n';
    const common = { model: null, mode: 'ask', modes, isDefault: false };
    assert.deepEqual(await choices(), {
      runtimes: [
        {
          ...common,
          name: 'claude',
          ready: true,
          reason: null,
          fix: null,
          version: '2.1.330',
          model: 'opus',
          isDefault: true,
        },
        { ...common, name: 'rehearsal', ready: true, reason: null, fix: null, version: null },
        {
          ...common,
          name: 'codex',
          ready: false,
          reason: 'Codex is not logged in.',
          fix: 'codex login',
          version: '0.169.0',
        },
      ],
      bypassAllowed: true,
    });
  });

  it('is by default what the last agent of the issue ran, else the rehearsal', async () => {
    const usual = async () => (await choices()).runtimes.find(({ isDefault }) => isDefault);
    assert.equal((await usual())?.name, 'rehearsal');
    last = { runtime: 'codex', model: 'gpt', mode: 'plan' };
    const { name, model, mode } = (await usual()) ?? {};
    assert.deepEqual([name, model, mode], ['codex', 'gpt', 'plan']);
  });

  it('has no choice of a mode where that changes nothing', async () => {
    runtimes = { mine: { readiness: async () => ({ ready: true }), ignoresMode: true } };
    assert.deepEqual((await choices()).runtimes[0]?.modes, ['auto']);
  });

  it('tells of a tool that starts and then asks for a login', async () => {
    runtimes['claude'] = {
      readiness: async () => ({ ready: true }),
      inspect: async () => ({ installed: true, version: null, loggedIn: false, fix: 'claude /login' }),
    };
    const [{ ready, reason, fix } = {}] = (await choices()).runtimes;
    assert.deepEqual([ready, reason, fix], [true, 'It is not logged in.', 'claude /login']);
  });

  it('is not hidden by a tool that cannot be asked', async () => {
    runtimes['codex'] = { readiness: () => Promise.reject(new Error('EACCES')) };
    const found = (await choices()).runtimes.map(({ name, reason }) => [name, reason]);
    assert.deepEqual(found, [
      ['claude', null],
      ['rehearsal', null],
      ['codex', 'It cannot be asked: EACCES.'],
    ]);
  });
});
