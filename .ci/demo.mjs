#!/usr/bin/env node
/**
 * The main job on a real repository, each step typed as a person would type it. Only the model is missing: the shipped
 * rehearsal runtime plays a script. With `--runtime claude|codex|gemini` that tool does it, with the login it has.
 * Everything is made in a folder of its own, which stays for looking around.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const runtime = chosenRuntime();
const isReal = runtime !== 'rehearsal';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pan = join(root, 'dist', 'pan.js');
const folder = mkdtempSync(join(tmpdir(), 'panopticon-demo-'));
const home = join(folder, 'home');
const project = join(folder, 'greeter');
const env = { ...process.env, PANOPTICON_HOME: home };
const colored = process.stdout.isTTY === true && !process.env['NO_COLOR'];

/** What the rehearsal plays: its first turn for the issue, its second for what it is told. */
const script = {
  pace: 500,
  turns: [
    [
      { say: 'I read the issue: a name should be greeted.' },
      { edit: { path: 'greet.js', text: greeter('return name ? "Hello, " + name + "!" : "Hello!";') } },
      { run: ['node', '--test'] },
      { commit: 'Greet people by their name' },
    ],
    [
      { say: 'One more test, as you say.' },
      {
        edit: {
          path: 'greet.test.js',
          text: '\ntest("greets nobody in particular", () => assert.equal(greet(), "Hello!"));\n',
          append: true,
        },
      },
      { run: ['node', '--test'] },
      { commit: 'Test the greeting without a name' },
    ],
  ],
};

const issueBody = `\`greet("Ada")\` answers "Hello!" and should answer "Hello, Ada!".

## Acceptance
- a name is greeted
- the tests pass
`;

if (isReal) requireUsable();
makeRepository();
say('A repository, and a home of its own for the runner.');
typed('init');
writeFileSync(
  join(home, 'config.toml'),
  `[defaults]\nmode = "auto"\n\n[runtimes.rehearsal]\nscript = ${JSON.stringify(join(folder, 'script.json'))}\n`,
);
writeFileSync(join(folder, 'script.json'), JSON.stringify(script, undefined, 2));
typed('project', 'add', project);

say('An issue becomes a running agent: a git worktree, a tmux session, the issue as its first prompt.');
typed('issue', 'create', 'Greet people by name', '--body', issueBody, '--label', 'demo');
typed('work', 'issue', 'GRE-1', '--runtime', runtime);
typed('work', 'status');

say('It is spoken to while it works. The receipt is its own report, not the look of its screen.');
const early = await until(isReal ? ['working', 'idle', 'done'] : ['working']);
if (early !== 'done') typed('work', 'tell', 'GRE-1', 'Add a test for greeting nobody, too.');
const final = await until(isReal ? ['idle', 'done'] : ['idle']);

say('It has finished. Every status can be asked why.');
typed('work', 'why', 'GRE-1');
// An agent may have said so itself.
if (final !== 'done') typed('work', 'done', 'GRE-1');
typed('work', 'status');
typed('workspace', 'list');

say('What it leaves is a branch with commits.');
shown('git', ['-C', project, 'log', '--oneline', '--stat', 'main..feature/gre-1']);

const here = `PANOPTICON_HOME=${quoted(home)} ${quoted(pan)}`;
process.stdout.write(`
That was the main job. ${isReal ? `${runtime} did it, and nothing was simulated.` : 'Nothing was simulated but the model.'}
Look around:   cd ${quoted(project)}
               ${here} status
Take it away:  ${here} daemon stop
               tmux -S ${quoted(join(home, 'run', 'tmux.sock'))} kill-server
               rm -rf ${quoted(folder)}
`);

/** @returns {string} */
function chosenRuntime() {
  const known = ['rehearsal', 'claude', 'codex', 'gemini'];
  try {
    const { runtime: named = 'rehearsal' } = parseArgs({ options: { runtime: { type: 'string' } } }).values;
    if (known.includes(named)) return named;
  } catch {
    // Options that are not known: the usage says which are.
  }
  process.stderr.write(`usage: npm run demo [-- --runtime ${known.slice(1).join('|')}]\n`);
  process.exit(2);
}

/** Says what a real tool means, and ends here when it cannot be used. */
function requireUsable() {
  const { stdout } = spawnSync(process.execPath, [pan, 'doctor', '--json'], { env, encoding: 'utf8' });
  /** @type {{ name: string, status: string, version: string | null, why: string, fix: string | null }[]} */
  const checks = JSON.parse(stdout).checks;
  const check = checks.find(({ name }) => name === runtime);
  if (check?.status !== 'ok') rmdirSync(folder);
  if (check === undefined) fail(`this version of pan does not know ${runtime}`);
  if (check.status !== 'ok')
    fail(`${runtime} cannot be used (${check.why})${check.fix === null ? '' : `: ${check.fix}`}`);
  say(
    `${runtime} ${check.version ?? ''} does this with your own login. A model is asked, which may cost money: it is a small ` +
      'job of two prompts. Ctrl-C ends the demo, but not the agent.',
  );
}

/** @param {string} body of the function */
function greeter(body) {
  return `export function greet(name) {\n  ${body}\n}\n`;
}

function makeRepository() {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(project, 'greet.js'), greeter('return "Hello!";'));
  writeFileSync(
    join(project, 'greet.test.js'),
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { greet } from "./greet.js";\n\n' +
      'test("greets by name", () => assert.equal(greet("Ada"), "Hello, Ada!"));\n',
  );
  const identity = ['-c', 'user.name=Demo', '-c', 'user.email=demo@localhost'];
  for (const args of [
    ['init', '--quiet', '-b', 'main'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '-m', 'A greeter that does not know names'],
  ]) {
    const { status } = spawnSync('git', ['-C', project, ...args], { stdio: 'inherit' });
    if (status !== 0) fail(`git ${args[0]} ended with code ${status}`);
  }
}

/** @param {string[]} args */
function typed(...args) {
  const words = args.map((arg) =>
    /^[\w./-]+$/.test(arg) ? arg : quoted(arg.includes('\n') ? `${arg.split('\n')[0]}...` : arg),
  );
  process.stdout.write(`${dim('$')} pan ${words.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [pan, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) fail(`pan ${args[0]} ended with code ${status}`);
  process.stdout.write('\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function shown(command, args) {
  process.stdout.write(`${dim('$')} git log --oneline --stat main..feature/gre-1\n`);
  const { status } = spawnSync(command, args, {
    env: { ...env, GIT_PAGER: 'cat' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) fail(`${command} ended with code ${status}`);
}

/**
 * Waits for one of the agent's statuses: a minute at most, ten for a real tool, which may ask something meanwhile.
 *
 * @param {string[]} wanted
 * @returns {Promise<string>} the one it is
 */
async function until(wanted) {
  const failed = ['crashed', 'stopped', 'parked', 'stuck'];
  let shown = '';
  let status = 'unknown';
  let reason = '';
  for (const deadline = Date.now() + (isReal ? 600_000 : 60_000); Date.now() < deadline; await delay(500)) {
    const { stdout } = spawnSync(process.execPath, [pan, 'work', 'status', '--json'], { env, encoding: 'utf8' });
    ({ status, reason } = JSON.parse(stdout).agents[0]);
    if (wanted.includes(status)) return status;
    if (isReal && failed.includes(status)) break;
    if (isReal && status === 'waiting' && reason !== shown) {
      shown = reason;
      say(
        `It asks: ${reason}. Answer in another terminal: PANOPTICON_HOME=${quoted(home)} ${quoted(pan)} work attach GRE-1`,
      );
    }
  }
  const end = isReal ? `; end the agent: PANOPTICON_HOME=${quoted(home)} ${quoted(pan)} work kill GRE-1` : '';
  return fail(`the agent is ${status} (${reason}), not ${wanted.join(' or ')}; its home is ${home}${end}`);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${colored ? `\u001b[1m${line}\u001b[0m` : `# ${line}`}\n\n`);
}

/** @param {string} text */
function dim(text) {
  return colored ? `\u001b[2m${text}\u001b[0m` : text;
}

/** @param {string} text */
function quoted(text) {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  process.stderr.write(`error: The demo stopped: ${reason}.\n`);
  process.exit(1);
}
