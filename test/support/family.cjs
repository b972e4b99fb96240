// An agent's tool with a family that is hard to end: writes the pids as JSON into the file named by its argument.
const { spawn } = require('node:child_process');
const { renameSync, writeFileSync } = require('node:fs');

const [, , file] = process.argv;
const node = process.execPath;
const forever = 'setInterval(() => {}, 1000)';
const quiet = { stdio: 'ignore' };

const family = {
  tool: process.pid,
  child: spawn('sleep', ['1000'], quiet).pid,
  // A dev server in a session of its own.
  server: spawn(node, ['-e', forever], { ...quiet, detached: true }).pid,
  stubborn: spawn(node, ['-e', `process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {}); ${forever}`], quiet)
    .pid,
  stopped: spawn('sleep', ['1000'], quiet).pid,
};
process.kill(family.stopped, 'SIGSTOP');

// Two more whose parents end at once: one ignores the hang-up, one has lost its environment but not its session.
const orphan = spawn('sh', [
  '-c',
  'nohup sleep 1000 >/dev/null 2>&1 & echo $!; env -i sleep 1000 >/dev/null 2>&1 & echo $!',
]);
let orphans = '';
orphan.stdout.on('data', (text) => {
  orphans += text;
});
orphan.on('close', () => {
  const [nohup, stripped] = orphans.trim().split('\n').map(Number);
  writeFileSync(`${file}.tmp`, JSON.stringify({ ...family, nohup, stripped }));
  renameSync(`${file}.tmp`, file);
});
setInterval(() => {}, 1000);
