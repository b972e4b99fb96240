import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CodexRuntime } from '../../../../runner/core/runtimes/codex/codexRuntime.ts';
import { codexTyping } from '../../../../runner/core/runtimes/codex/codexTyping.ts';
import type { LaunchRequest } from '../../../../runner/core/runtimes/runtime.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

describe('the Codex runtime', () => {
  const folder = useTempFolder();

  function runtime(env: Record<string, string> = {}, command: string[] | null = null): CodexRuntime {
    return new CodexRuntime({
      config: { command, env: { MOCK_KEY: 'x' }, script: null },
      env: { HOME: folder(), ...env },
    });
  }

  function request(changes: Partial<LaunchRequest> = {}): LaunchRequest {
    return {
      agentId: 'agent-sho-1',
      issueId: 'SHO-1',
      workspace: path.join(folder(), 'shop/workspaces/feature-sho-1'),
      projectPath: path.join(folder(), 'shop'),
      agentFolder: path.join(folder(), 'agents/agent-sho-1'),
      prompt: 'Fix the limit',
      promptFile: '/home/dev/prompt.md',
      sessionId: 'd0b7c1de-0000-4000-8000-000000000000',
      resume: false,
      model: null,
      mode: 'ask',
      hooks: { panCommand: '/home/dev/.panopticon/bin/pan', url: null },
      ...changes,
    };
  }

  function argv(changes: Partial<LaunchRequest> = {}): string[] {
    return [...runtime().launch(request(changes)).argv];
  }

  function configOf(args: readonly string[], key: string): string | undefined {
    return args.find((arg, index) => args[index - 1] === '--config' && arg.startsWith(`${key}=`));
  }

  /** A linked worktree, as `git worktree add` leaves it. */
  function makeWorktree(): void {
    const own = path.join(folder(), 'shop/.git/worktrees/feature-sho-1');
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, 'commondir'), '../..\n');
    writeFileSync(path.join(own, 'gitdir'), `${request().workspace}/.git\n`);
    mkdirSync(request().workspace, { recursive: true });
    writeFileSync(path.join(request().workspace, '.git'), `gitdir: ${own}\n`);
  }

  const modes: [mode: LaunchRequest['mode'], flags: string][] = [
    ['plan', '--sandbox read-only --ask-for-approval never'],
    ['ask', '--sandbox read-only --ask-for-approval on-request'],
    ['auto', '--sandbox workspace-write --ask-for-approval on-request'],
    ['bypass', '--dangerously-bypass-approvals-and-sandbox'],
  ];
  for (const [mode, flags] of modes) {
    it(`says the mode ${mode} in its own flags`, () => {
      assert.ok(argv({ mode }).join(' ').startsWith(`codex ${flags} --disable daemon_auto_start `));
    });
  }

  it('lets an agent in the mode auto write what a commit writes, and neither hooks nor configuration', () => {
    makeWorktree();
    const args = argv({ mode: 'auto' });
    const added = args.filter((_, index) => args[index - 1] === '--add-dir').map((dir) => path.relative(folder(), dir));
    assert.deepEqual(added, [
      'shop/.git/worktrees/feature-sho-1',
      'shop/.git/objects',
      'shop/.git/refs',
      'shop/.git/logs',
    ]);
    for (const mode of ['plan', 'ask', 'bypass'] as const) assert.equal(argv({ mode }).includes('--add-dir'), false);
  });

  const dotGit = () => path.join(request().workspace, '.git');
  const gitDir = () => path.join(folder(), 'shop/.git');
  const spoilt: [what: string, spoil: () => void][] = [
    [
      'the workspace names a folder of its own',
      () => {
        mkdirSync(path.join(request().workspace, 'own'));
        mkdirSync(path.join(request().workspace, 'common'));
        writeFileSync(dotGit(), 'gitdir: own\n');
        writeFileSync(path.join(request().workspace, 'own/commondir'), '../common\n');
        symlinkSync('/usr', path.join(request().workspace, 'common/objects'));
      },
    ],
    [
      'it names what belongs to another worktree',
      () => {
        const other = path.join(gitDir(), 'worktrees/feature-sho-2');
        mkdirSync(other);
        mkdirSync(path.join(folder(), 'other'));
        writeFileSync(path.join(other, 'gitdir'), `${folder()}/other/.git\n`);
        writeFileSync(dotGit(), `gitdir: ${other}\n`);
      },
    ],
    ['a link stands in the place of a folder of git', () => symlinkSync('/usr', path.join(gitDir(), 'objects'))],
    [
      'its registration is elsewhere',
      () => {
        renameSync(path.join(gitDir(), 'worktrees'), path.join(folder(), 'moved'));
        symlinkSync(path.join(folder(), 'moved'), path.join(gitDir(), 'worktrees'));
      },
    ],
    [
      'a pipe stands in the place of its .git',
      () => {
        rmSync(dotGit());
        execFileSync('mkfifo', [dotGit()]);
      },
    ],
  ];
  for (const [what, spoil] of spoilt) {
    it(`lets no agent write outside of its workspace where ${what}`, () => {
      makeWorktree();
      spoil();
      assert.equal(argv({ mode: 'auto' }).includes('--add-dir'), false);
    });
  }

  it('trusts the project, by the checkout that Codex asks about', () => {
    makeWorktree();
    assert.equal(configOf(argv(), 'projects'), `projects={"${folder()}/shop"={trust_level="trusted"}}`);
  });

  it('asks for one process each, and for no questions that Enter would answer', () => {
    assert.ok(argv().join(' ').includes('--disable daemon_auto_start'));
    assert.equal(configOf(argv(), 'check_for_update_on_startup'), 'check_for_update_on_startup=false');
    assert.equal(configOf(argv(), 'notice.hide_rate_limit_model_nudge'), 'notice.hide_rate_limit_model_nudge=true');
  });

  it('begins with the prompt, which is never taken for a flag', () => {
    assert.deepEqual(argv({ prompt: '--help' }).slice(-2), ['--', '--help']);
    assert.deepEqual(argv({ prompt: 'x'.repeat(100_001) }).slice(-2), [
      '--',
      'Read your task in the file /home/dev/prompt.md and carry it out.',
    ]);
  });

  it('resumes a session in the mode again, with or without a message', () => {
    const args = argv({ resume: true, mode: 'plan', prompt: 'go on', model: 'gpt-6-luna' });
    assert.deepEqual(args.slice(0, 4), ['codex', 'resume', '--sandbox', 'read-only']);
    assert.deepEqual(args.slice(-5), ['--model', 'gpt-6-luna', '--', request().sessionId, 'go on']);
    assert.deepEqual(argv({ resume: true, prompt: null }).slice(-2), ['--', request().sessionId]);
  });

  it('names its program and its own arguments as configured', () => {
    const launched = runtime({}, ['/opt/codex', '--search']).launch(request());
    assert.deepEqual([launched.argv.slice(0, 2), launched.env], [['/opt/codex', '--search'], { MOCK_KEY: 'x' }]);
  });

  it('gives hooks to this process only, and trusts each of them', () => {
    const args = argv();
    const hooks = args.filter((arg) => arg.startsWith('hooks.') && !arg.startsWith('hooks.state='));
    const names = hooks.map((arg) => arg.slice('hooks.'.length, arg.indexOf('=')));
    assert.deepEqual(names, [
      'SessionStart',
      'UserPromptSubmit',
      'PreToolUse',
      'PostToolUse',
      'PermissionRequest',
      'Stop',
      'SessionEnd',
    ]);
    const trusted = [
      ...(configOf(args, 'hooks.state') ?? '').matchAll(
        /config\.toml:(\w+):0:0"=\{trusted_hash="sha256:[0-9a-f]{64}"\}/g,
      ),
    ];
    assert.deepEqual(
      trusted.map((match) => match[1]),
      [
        'session_start',
        'user_prompt_submit',
        'pre_tool_use',
        'post_tool_use',
        'permission_request',
        'stop',
        'session_end',
      ],
    );
  });

  it('calls a hook that does nothing where there is no runner, and gives it what it reads and says', () => {
    const panCommand = path.join(folder(), "it's pan");
    const run = (): ReturnType<typeof spawnSync> => {
      const args = [...runtime().launch(request({ hooks: { panCommand, url: null } })).argv];
      const command: unknown = JSON.parse(
        /command=("(?:[^"\\]|\\.)*")/.exec(configOf(args, 'hooks.Stop') ?? '')?.[1] ?? '',
      );
      return spawnSync('/bin/sh', ['-c', String(command)], { input: 'the event', encoding: 'utf8' });
    };
    const missing = run();
    assert.deepEqual([missing.status, missing.stdout, missing.stderr], [0, '', '']);
    writeFileSync(panCommand, '#!/bin/sh\necho "$1: $(cat)"\n');
    chmodSync(panCommand, 0o755);
    assert.equal(run().stdout, 'hook: the event\n');
  });

  it('is ready when its program is on the PATH', async () => {
    const bin = path.join(folder(), 'bin');
    const missing = await runtime({ PATH: bin }).readiness(request());
    assert.deepEqual(missing, {
      ready: false,
      message: 'codex was not found.',
      hint: 'Install it: npm install -g @openai/codex, or choose another runtime: --runtime rehearsal',
    });
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'codex'), '', { mode: 0o755 });
    assert.deepEqual(await runtime({ PATH: bin, OPENAI_API_KEY: 'key' }).readiness(request()), { ready: true });
  });

  it('is not launched where nobody can be logged in', async () => {
    const PATH = path.join(folder(), 'bin');
    mkdirSync(PATH);
    writeFileSync(path.join(PATH, 'codex'), '', { mode: 0o755 });
    assert.deepEqual(await runtime({ PATH }).readiness(request()), {
      ready: false,
      message: 'Codex is not logged in, and would stop at that question.',
      hint: 'Type codex login in a terminal, or name a model provider in its config.toml.',
    });
    const flagged = runtime({ PATH }, ['codex', '--profile', 'local']);
    assert.deepEqual(await flagged.readiness(request()), { ready: true });
    const config = path.join(request().projectPath, '.codex');
    mkdirSync(config, { recursive: true });
    writeFileSync(path.join(config, 'config.toml'), 'model_provider = "local"\n');
    assert.deepEqual(await runtime({ PATH }).readiness(request()), { ready: true });
  });

  describe('inspected', () => {
    /** As npm installs it: a link to the wrapper within the package. */
    function installPackage(): string {
      const inPackage = path.join(folder(), 'lib/@openai/codex');
      mkdirSync(path.join(inPackage, 'bin'), { recursive: true });
      writeFileSync(path.join(inPackage, 'package.json'), '{"name":"@openai/codex","version":"0.169.0"}');
      writeFileSync(path.join(inPackage, 'bin/codex.js'), '', { mode: 0o755 });
      const bin = path.join(folder(), 'bin');
      mkdirSync(bin);
      symlinkSync('../lib/@openai/codex/bin/codex.js', path.join(bin, 'codex'));
      return bin;
    }

    it('knows its version and that nobody logged in', async () => {
      const PATH = installPackage();
      assert.deepEqual(await runtime({ PATH }).inspect(), {
        installed: true,
        version: '0.169.0',
        loggedIn: false,
        fix: 'codex login',
      });
    });

    it('knows a login, and that another provider may need none', async () => {
      const PATH = installPackage();
      const home = path.join(folder(), '.codex');
      mkdirSync(home);
      writeFileSync(path.join(home, 'config.toml'), 'model_provider = "own"\n');
      assert.equal((await runtime({ PATH }).inspect()).loggedIn, null);
      writeFileSync(path.join(home, 'auth.json'), '{}');
      assert.equal((await runtime({ PATH }).inspect()).loggedIn, true);
    });

    it('knows how to install it', async () => {
      const found = await runtime({ PATH: folder() }).inspect();
      assert.deepEqual(found, { installed: false, version: null, loggedIn: null, fix: 'npm install -g @openai/codex' });
    });
  });
});

describe('typing to Codex', () => {
  it('keeps commands of its own from being taken for such, and lists of completions from staying open', () => {
    assert.deepEqual(codexTyping.steps('!ls'), [{ kind: 'paste', text: ' !ls ' }]);
    assert.deepEqual(codexTyping.steps('\n/quit\nsee @READ\n'), [{ kind: 'paste', text: ' /quit\nsee @READ ' }]);
  });

  it('never presses what would end Codex', () => {
    const keys = [...codexTyping.enter, ...codexTyping.clear].map((step) => (step.kind === 'key' ? step.key : ''));
    assert.deepEqual([...new Set(keys)], ['Enter', 'C-u', 'C-k']);
  });
});
