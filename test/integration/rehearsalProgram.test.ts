import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TIMEOUT_MS, useRehearsal } from '../support/useRehearsal.ts';
import { waitFor } from '../support/waitFor.ts';

const HOSTILE = '# MIN-1: "Tïtle" $(touch pwned) `touch pwned` 👩‍👩‍👧 \t!x\n\u001b]2;evil\u0007 -- \'quoted\' \\ end ';

describe('the rehearsal program', function () {
  this.timeout(60_000);
  const sandbox = useRehearsal();
  const { dead, env, event, events, folder, git, home, key, names, panePid } = sandbox;
  const { paste, run, screen, script, shows, start, stopServer, titled, tmux, workspace } = sandbox;

  describe('in a terminal', () => {
    it('takes its first task as an argument, commits it, and says that it is a rehearsal', async () => {
      start(['--permission-mode', 'auto'], HOSTILE);
      const stop = await event('Stop');
      assert.equal(stop.last_assistant_message, 'Done with MIN-1: one line in REHEARSAL.md.');
      assert.deepEqual(names(), [
        'SessionStart',
        'UserPromptSubmit',
        ...['PreToolUse', 'PostToolUse'],
        ...['PreToolUse', 'PostToolUse'],
        ...['PreToolUse', 'PostToolUse'],
        'Stop',
      ]);
      assert.equal(events()[1]?.prompt, HOSTILE);
      const subject = '"Tïtle" $(touch pwned) `touch pwned` 👩‍👩‍👧     !x';
      assert.equal(
        git('log', '-1', '--format=%an <%ae> %s'),
        `rehearsal <rehearsal@localhost> Rehearse MIN-1: ${subject}\n`,
      );
      assert.equal(readFileSync(join(workspace(), 'REHEARSAL.md'), 'utf8'), `- MIN-1: ${subject}\n`);
      assert.deepEqual(readdirSync(workspace()).sort(), ['.git', 'REHEARSAL.md']);
      await titled('rehearsal: idle');
      await shows(/^rehearsal: no model runs here, a script plays its part$/m);
      await shows(/^rehearsal >/m);
    });

    it('uses the identity that is configured', async () => {
      writeFileSync(
        join(home(), '.gitconfig'),
        '[user]\nname = Ann\nemail = ann@example.org\n[commit]\ngpgsign = true\n',
      );
      start(['--permission-mode', 'auto'], 'a');
      await event('Stop');
      assert.equal(git('log', '-1', '--format=%an %cn'), 'Ann Ann\n');
    });

    it('receives pasted text to the byte, 12 lines and 100 kB', async () => {
      const small = `${HOSTILE}\n`.repeat(6);
      const large = `${'línea $(x) `y` "z" \\ \t👍'.repeat(4)}\n`.repeat(1_100);
      assert.ok(Buffer.byteLength(large) > 100_000);
      const recorded = join(folder(), 'recorded');
      start(script([[{ record: { path: recorded } }], [{ record: { path: recorded } }, { echo: true }]]));
      await titled('rehearsal: idle');
      for (const [index, text] of [small, large].entries()) {
        paste(text);
        key('Enter');
        await event('Stop', index + 1);
        assert.equal((await event('UserPromptSubmit', index + 1)).prompt, text);
      }
      assert.equal(readFileSync(recorded, 'utf8'), small + large);
      await shows(/^> \[pasted 1101 lines\]$/m);
      await titled('rehearsal: idle');
    });

    it('asks a permission: 1 allows and goes on, Esc denies and ends the turn', async () => {
      const asks = [{ permission: { tool: 'Bash', command: 'npm test' } }, { say: 'went on' }];
      start(script([asks, asks]), 'a');
      const request = await event('PermissionRequest');
      assert.deepEqual([request.tool_name, request.tool_input], ['Bash', { command: 'npm test' }]);
      await titled('rehearsal: waiting');
      await shows(/^Allow Bash: npm test\?\n❯ 1\. Yes\n {2}2\. No$/m);
      key('1');
      assert.equal((await event('Stop')).last_assistant_message, 'went on');
      paste('b');
      key('Enter');
      await event('PermissionRequest', 2);
      key('Escape');
      assert.equal((await event('Stop', 2)).last_assistant_message, '');
      const turn = ['UserPromptSubmit', 'PreToolUse', 'PermissionRequest', 'Notification'];
      assert.deepEqual(names(), ['SessionStart', ...turn, 'PostToolUse', 'Stop', ...turn, 'Stop']);
    });

    it('allows when text is pasted and sent while it asks, as real tools do', async () => {
      start(script([[{ permission: { tool: 'Bash', command: 'rm x' } }, { say: 'allowed' }]]), 'a');
      await event('PermissionRequest');
      paste('please do not');
      key('Enter');
      assert.equal((await event('Stop')).last_assistant_message, 'allowed');
      assert.equal(names().filter((name) => name === 'UserPromptSubmit').length, 1);
    });

    it('asks a question and reports the answer', async () => {
      const question = { question: { text: 'Keep the BOM?', options: ['Keep', 'Drop'] } };
      start(script([[question, question]]), 'a');
      const questions = [{ question: 'Keep the BOM?', options: [{ label: 'Keep' }, { label: 'Drop' }] }];
      const request = await event('PermissionRequest');
      assert.deepEqual([request.tool_name, request.tool_input], ['AskUserQuestion', { questions }]);
      key('2');
      await event('PermissionRequest', 2);
      tmux('send-keys', '-t', '=r:', '-l', 'only in Excel');
      key('Enter');
      await event('Stop');
      const answers = events().flatMap(({ hook_event_name, tool_input }) =>
        hook_event_name === 'PostToolUse' ? [tool_input] : [],
      );
      assert.deepEqual(answers, [
        { questions, answers: { 'Keep the BOM?': 'Drop' } },
        { questions, answers: { 'Keep the BOM?': 'only in Excel' } },
      ]);
    });

    it('is interrupted by Esc without an event, and takes the next prompt', async () => {
      start(script([[{ hang: true }, { say: 'never' }]]), 'a');
      await event('UserPromptSubmit');
      await titled('rehearsal: working');
      key('Escape');
      await titled('rehearsal: idle');
      assert.deepEqual(names(), ['SessionStart', 'UserPromptSubmit']);
      paste('b');
      key('Enter');
      assert.equal((await event('Stop')).last_assistant_message, 'Nothing more in the script.');
      assert.doesNotMatch(screen(), /never/);
    });

    it('asks before it commits where it may do nothing unasked', async () => {
      start(['--permission-mode', 'ask'], 'a');
      assert.deepEqual((await event('PermissionRequest')).tool_input, { command: 'git commit' });
      key('Enter');
      await event('Stop');
      assert.match(git('log', '-1', '--format=%s'), /^Rehearse MIN-1: a$/m);
    });

    it('reports a prompt at once while a turn runs, plays it afterwards, and stops once for both', async () => {
      start(script([[{ waitFor: { path: 'sub/go' } }, { say: 'one' }], [{ say: 'two' }]]), 'a');
      await event('UserPromptSubmit');
      paste('b');
      key('Enter');
      await event('UserPromptSubmit', 2);
      assert.equal(names().includes('Stop'), false);
      mkdirSync(join(workspace(), 'sub'));
      writeFileSync(join(workspace(), 'sub/go'), '');
      assert.equal((await event('Stop')).last_assistant_message, 'two');
    });

    it('stands idle after a usage limit and after a lost login', async () => {
      start(script([[{ usageLimit: { minutes: 5 } }, { say: 'never' }], [{ authFailure: true }]]), 'a');
      const limit = await event('StopFailure');
      assert.equal(limit.error, 'rate_limit');
      const inMs = Date.parse(String(limit.resets_at)) - Date.now();
      assert.ok(inMs > 4 * 60_000 && inMs <= 5 * 60_000);
      paste('b');
      key('Enter');
      assert.equal((await event('StopFailure', 2)).error, 'authentication_failed');
      await titled('rehearsal: idle');
      assert.equal(names().includes('Stop'), false);
    });

    it('crashes without a word, with the code or the signal it was told', async () => {
      start(script([[{ crash: 7 }]]), 'a');
      assert.equal(await dead(), '7/');
      stopServer();
      start(script([[{ crash: 'SIGKILL' }]]), 'a');
      assert.equal(await dead(), '/9');
      assert.equal(names().includes('SessionEnd'), false);
    });

    it('ends in order on SIGTERM, on an exit step, on C-d and on two C-c', async () => {
      const ends: readonly (readonly [string, () => void, string])[] = [
        ['143/', () => process.kill(panePid(), 'SIGTERM'), 'other'],
        ['0/', () => key('C-d'), 'prompt_input_exit'],
        ['0/', () => tmux('send-keys', '-t', '=r:', 'x', 'C-c', 'C-c', 'C-c'), 'prompt_input_exit'],
        ['5/', () => tmux('send-keys', '-t', '=r:', 'x', 'Enter'), 'other'],
      ];
      for (const [index, [status, act, reason]] of ends.entries()) {
        start(script([[{ exit: 5 }]]));
        await event('SessionStart', index + 1);
        act();
        assert.equal(await dead(), status);
        assert.equal((await event('SessionEnd', index + 1)).reason, reason);
        stopServer();
      }
    });

    it('ends in order when its terminal is closed', async () => {
      start(script([[{ hang: true }]]), 'a');
      await event('UserPromptSubmit');
      stopServer();
      assert.equal((await event('SessionEnd')).reason, 'other');
    });

    it('ends a running command when it is interrupted', async () => {
      start(script([[{ run: ['sh', '-c', 'echo $$ $$ >> pids; exec sleep 300'] }, { say: 'never' }]]), 'a');
      const [[pid = 0] = []] = await waitFor(() => pidLines(1), { timeoutMs: TIMEOUT_MS, what: 'a command' });
      key('Escape');
      await shows(/^Interrupted\.$/m);
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
      assert.deepEqual(names(), ['SessionStart', 'UserPromptSubmit', 'PreToolUse']);
    });

    it('goes on with its conversation when it is resumed', async () => {
      const id = randomUUID();
      const state = ['--state-dir', join(folder(), 'state')];
      const turns = script([[{ say: 'one' }, { hang: true }], [{ say: 'two {prompt1}' }]]);
      start([...turns, ...state, '--session-id', id], 'a');
      const { transcript_path: path } = await event('UserPromptSubmit');
      await waitFor(() => /one/.test(readFileSync(String(path), 'utf8')) || undefined, {
        timeoutMs: TIMEOUT_MS,
        what: 'a line',
      });
      process.kill(panePid(), 'SIGKILL');
      assert.equal(await dead(), '/9');
      stopServer();
      start([...turns, ...state, '--resume', id], 'b');
      const stop = await event('Stop');
      assert.deepEqual([stop.last_assistant_message, stop.session_id, stop.transcript_path], ['two b', id, path]);
      assert.equal((await event('SessionStart', 2)).source, 'resume');
      await shows(/^ {2}user: a\n {2}assistant: one$/m);
    });

    it('leaves background programs running, in a session of their own when told', async () => {
      const argv = ['sh', '-c', 'echo $$ $(ps -o sid= -p $$) >> pids; exec sleep 300'];
      start(
        script([
          [
            { run: argv, background: true },
            { run: argv, background: true, detach: true },
          ],
        ]),
        'a',
      );
      await event('Stop');
      const lines = await waitFor(() => pidLines(2), { timeoutMs: TIMEOUT_MS, what: 'two background programs' });
      for (const [pid = 0] of lines) process.kill(pid, 'SIGTERM');
      assert.equal(lines.filter(([pid, session]) => pid === session).length, 1);
    });
  });

  describe('without a terminal', () => {
    it('plays its turns and ends with its input', () => {
      const { status, stdout } = run([...script([[{ echo: true }]]), '--', 'é'], '');
      assert.equal(status, 0);
      assert.match(stdout, /prompt: 2 bytes, sha256 4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c/);
      assert.equal(stdout.includes('\u001b'), false);
    });

    it('refuses edits outside the workspace and does everything else', () => {
      symlinkSync('..', join(workspace(), 'out'));
      const { stdout } = run([...script([[{ edit: { path: 'out/x', text: 'x' } }, { say: 'went on' }]]), 'a'], '');
      assert.match(stdout, /edit did not work: out\/x is outside the workspace/);
      assert.match(stdout, /went on/);
      assert.equal(existsSync(join(folder(), 'x')), false);
    });

    it('changes nothing in plan mode', () => {
      const steps = [{ edit: { path: 'x', text: 'x' } }, { run: ['touch', 'y'] }, { commit: 'z' }];
      const { stdout } = run([...script([steps]), '--permission-mode', 'plan', 'a'], '');
      assert.equal(stdout.match(/plan mode/g)?.length, 3);
      assert.deepEqual(readdirSync(workspace()), ['.git']);
    });

    it('asks in auto mode only what it must always ask, and nothing in bypass mode', () => {
      const permission = { tool: 'Bash', command: 'ls' };
      const turns = script([[{ permission }, { permission, always: true }, { say: 'went on' }]]);
      assert.match(run([...turns, '--permission-mode', 'bypass', 'a'], '').stdout, /went on/);
      assert.equal(names().includes('PermissionRequest'), false);
      // Nobody can answer, so what is asked is denied.
      assert.doesNotMatch(run([...turns, '--permission-mode', 'auto', 'a'], '').stdout, /went on/);
      assert.equal(names().filter((name) => name === 'PermissionRequest').length, 1);
    });

    it('works when events cannot be reported', () => {
      env().PAN_SPOOL = join(folder(), 'missing');
      const { status, stderr } = run(['a'], '');
      assert.deepEqual([status, stderr], [0, '']);
    });

    it('says in one sentence why it cannot start', () => {
      const id = randomUUID();
      const state = ['--state-dir', folder()];
      const broken = join(folder(), 'broken.json');
      writeFileSync(broken, '{"turns":[[{"say":1}]]}');
      run([...state, '--session-id', id], '');
      assert.deepEqual(failure([...state, '--session-id', id]), [1, `error: session id ${id} is already in use\n`]);
      const other = randomUUID();
      assert.deepEqual(failure([...state, '--resume', other]), [1, `error: no conversation ${other}\n`]);
      const why = `error: The script ${broken} is broken: turn 1, step 1: "say" takes a text.\n`;
      assert.deepEqual(failure(['--script', broken]), [2, why]);
      env().PAN_REHEARSAL_SCRIPT = broken;
      assert.deepEqual(failure([]), [2, why]);
    });
  });

  function pidLines(count: number): number[][] | undefined {
    const path = join(workspace(), 'pids');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    return lines.length < count ? undefined : lines.map((line) => line.split(' ').map(Number));
  }

  function failure(args: readonly string[]): [number | null, string] {
    const { status, stderr } = run(args, '');
    return [status, stderr];
  }
});
