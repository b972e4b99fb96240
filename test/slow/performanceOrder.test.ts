import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addFiles } from '../bench/addFiles.ts';
import { startAgent } from '../bench/benchHomes.ts';
import { run, runNode, runPan } from '../bench/commands.ts';
import { interleave } from '../bench/interleave.ts';
import { processFacts } from '../bench/processFacts.ts';
import { panProgram } from '../support/pan.ts';
import { type RunnerHome, useRunnerHome } from '../support/runnerHome.ts';

const rounds = { rounds: 9, warmUps: 1 };

/** What a `pan` loads: files by their names, and modules of Node. */
function loadedBy(home: RunnerHome, args: readonly string[]): { files: string[]; builtins: string[] } {
  const preload = path.join(home.folder, 'preload.cjs');
  const report = path.join(home.folder, 'report.json');
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({
      files: Object.keys(require.cache), builtins: process.moduleLoadList })));`,
  );
  const env = { PATH: process.env['PATH'], HOME: home.userHome, PANOPTICON_HOME: home.home };
  const { status, stderr } = spawnSync(process.execPath, ['--require', preload, panProgram, ...args], { env });
  assert.equal(status, 0, stderr.toString());
  const { files, builtins }: { files: string[]; builtins: string[] } = JSON.parse(readFileSync(report, 'utf8'));
  return { files: files.map((file) => path.basename(file)).filter((file) => file !== 'preload.cjs'), builtins };
}

/** Orders and generous ratios: what would change them is a mistake, not a busy machine. */
describe('speed', () => {
  const the = useRunnerHome();

  it('asking for the version loads one small file', () => {
    assert.deepEqual(loadedBy(the(), ['--version']).files, ['pan.js']);
  });

  it('a look at the status loads neither the other commands, nor a parser, nor what starts processes', async () => {
    const home = the();
    await home.addProject();
    const { files, builtins } = loadedBy(home, ['status']);
    assert.deepEqual(files, ['pan.js', 'cli.js']);
    for (const name of ['child_process', 'crypto', 'timers/promises']) {
      assert.ok(!builtins.includes(`NativeModule ${name}`), name);
    }
  });

  it('the version takes less than twice what Node itself needs, and the status less than three times', async () => {
    const home = the();
    await home.addProject();
    const times = await interleave(
      {
        node: { run: () => runNode(home) },
        version: { run: () => void runPan(home, ['--version']) },
        status: { run: () => void runPan(home, ['status']) },
      },
      rounds,
    );
    assert.ok(times.version < times.node * 2, JSON.stringify(times));
    assert.ok(times.status < times.node * 3, JSON.stringify(times));
  });

  it('a status with agents takes less than twice one without, and no process is started for it', async () => {
    const [home, { pid }] = [the(), await (await the().runner()).daemon.status()];
    home.script([[{ say: 'Ready.' }]]);
    await home.addProject();
    const none = await interleave({ status: { run: () => void runPan(home, ['status']) } }, rounds);
    for (let count = 0; count < 8; count += 1) await startAgent(home);
    const before = processFacts(pid ?? 0).children;
    const some = await interleave({ status: { run: () => void runPan(home, ['status']) } }, rounds);
    assert.ok(some.status < none.status * 2, JSON.stringify({ some, none }));
    assert.equal(processFacts(pid ?? 0).children, before);
  });

  it('making a workspace takes less than twice what git alone needs', async () => {
    const home = the();
    await home.addProject();
    addFiles(home.repository, 4_000);
    const worktreeOf = (round: number) => path.join(home.folder, `worktree ${round}`);
    const times = await interleave(
      {
        git: {
          run: (round) => void run(home, 'git', ['worktree', 'add', '--quiet', '-b', `b${round}`, worktreeOf(round)]),
        },
        pan: {
          prepare: () => void runPan(home, ['issue', 'create', 'Needs a workspace']),
          run: (round) => void runPan(home, ['workspace', 'create', `MIN-${round + 1}`]),
        },
      },
      { rounds: 3, warmUps: 1 },
    );
    assert.ok(times.pan < times.git * 2, JSON.stringify(times));
  });
});
