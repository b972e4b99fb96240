// Takes the place of notify-send: reads its arguments as the real one does (GOption, then g_strcompress of the body) and
// refuses what that would refuse. Appends what the desktop would get, a line of JSON, to the file named first.
const { appendFileSync } = require('node:fs');

const [, , file, ...args] = process.argv;
const end = args.indexOf('--');
const [before, after] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
const option = before.find((arg) => arg.startsWith('-'));
if (option !== undefined) refuse(`Unknown option ${option}`);
const [summary, body = '', ...rest] = [...before, ...after];
if (summary === undefined || summary === '') refuse('No summary specified.');
if (rest.length > 0) refuse('Invalid number of options.');
const escapes = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const text = body.replace(/\\([0-7]{1,3}|.)/gs, (_, escaped) =>
  /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
);
appendFileSync(file, `${JSON.stringify({ args, summary, markup: text })}\n`);

function refuse(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
