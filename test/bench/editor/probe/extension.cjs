// @ts-check
const { mkdirSync } = require('node:fs');
const Module = require('node:module');
const net = require('node:net');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

/**
 * Whoever connects to `<PAN_BENCH_PROBE>/<pid>` and writes `memory` is told what this extension host holds once its
 * garbage is collected; `activation`, what the code of Panopticon took. VS Code activates this extension before others.
 */
exports.activate = (/** @type {{ subscriptions: { dispose(): void }[] }} */ context) => {
  const folder = process.env['PAN_BENCH_PROBE'];
  if (folder === undefined) return;
  const activation = timeActivation(path.join('dist', 'extension.js'));
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', async (asked) => {
      socket.end(JSON.stringify(await (String(asked) === 'activation' ? activation : heldMemory())));
    });
  });
  mkdirSync(folder, { recursive: true });
  server.listen(path.join(folder, String(process.pid)));
  context.subscriptions.push({ dispose: () => server.close() });
};

/** @returns {Promise<{ loadMs: number, activateMs: number }>} of the extension's code, which runs at one go */
function timeActivation(/** @type {string} */ main) {
  return new Promise((resolve) => {
    const load = Module.prototype.load;
    Module.prototype.load = function (/** @type {string} */ file) {
      if (!/panopticon\.panopticon-[^/]*$/.test(file.slice(0, -main.length - 1)) || !file.endsWith(main))
        return load.call(this, file);
      Module.prototype.load = load;
      const loadMs = timed(() => load.call(this, file));
      const { activate } = this.exports;
      this.exports = {
        ...this.exports,
        activate: (/** @type {unknown[]} */ ...given) => {
          let answer;
          const activateMs = timed(() => {
            answer = activate(...given);
          });
          resolve({ loadMs, activateMs });
          return answer;
        },
      };
    };
  });
}

function timed(/** @type {() => void} */ act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}

async function heldMemory() {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  // The thorough kind, which also gives free pages back.
  const collect = () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  collect();
  await new Promise((resolve) => setTimeout(resolve, 500));
  collect();
  const { rss, heapUsed } = process.memoryUsage();
  return { residentBytes: rss, heapBytes: heapUsed };
}
