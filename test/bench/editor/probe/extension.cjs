// @ts-check
const { mkdirSync } = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

/** Whoever connects to `<PAN_BENCH_PROBE>/<pid>` is told what this extension host holds once its garbage is collected. */
exports.activate = (/** @type {{ subscriptions: { dispose(): void }[] }} */ context) => {
  const folder = process.env['PAN_BENCH_PROBE'];
  if (folder === undefined) return;
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  // The thorough kind, which also gives free pages back.
  const collect = () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    collect();
    setTimeout(() => {
      collect();
      const { rss, heapUsed } = process.memoryUsage();
      socket.end(JSON.stringify({ residentBytes: rss, heapBytes: heapUsed }));
    }, 500);
  });
  mkdirSync(folder, { recursive: true });
  server.listen(path.join(folder, String(process.pid)));
  context.subscriptions.push({ dispose: () => server.close() });
};
