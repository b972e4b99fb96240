#!/usr/bin/env node
/**
 * The main job on a real repository, each step typed as a person would type it. Only the model is missing: the shipped
 * rehearsal runtime plays a script. Everything is made in a folder of its own, which stays for looking around.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

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
typed('work', 'issue', 'GRE-1', '--runtime', 'rehearsal');
typed('work', 'status');

say('It is spoken to while it works. The receipt is its own report, not the look of its screen.');
await until('working');
typed('work', 'tell', 'GRE-1', 'Add a test for greeting nobody, too.');
await until('idle');

say('It has finished. Every status can be asked why.');
typed('work', 'why', 'GRE-1');
typed('work', 'done', 'GRE-1');
typed('work', 'status');
typed('workspace', 'list');

say('What it leaves is a branch with commits.');
shown('git', ['-C', project, 'log', '--oneline', '--stat', 'main..feature/gre-1']);

const here = `PANOPTICON_HOME=${quoted(home)} ${quoted(pan)}`;
process.stdout.write(`
That was the main job. Nothing was simulated but the model.
Look around:   cd ${quoted(project)}
               ${here} status
Take it away:  ${here} daemon stop
               tmux -S ${quoted(join(home, 'run', 'tmux.sock'))} kill-server
               rm -rf ${quoted(folder)}
`);

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
 * Waits for the agent's status, a minute at most.
 *
 * @param {string} wanted
 */
async function until(wanted) {
  let last = 'unknown';
  for (let tries = 0; tries < 120; tries += 1) {
    const { stdout } = spawnSync(process.execPath, [pan, 'work', 'status', '--json'], { env, encoding: 'utf8' });
    last = JSON.parse(stdout).agents[0].status;
    if (last === wanted) return;
    await delay(500);
  }
  fail(`the agent is ${last}, not ${wanted}; its home is ${home}`);
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
