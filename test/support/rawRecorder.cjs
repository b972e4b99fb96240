// A terminal program that understands nothing: writes every byte it is given into the file named by its first argument.
// With `bracketed` as second argument it asks the terminal to mark pastes. Its title says when it is ready.
const { appendFileSync, writeFileSync } = require('node:fs');

const [, , file, mode] = process.argv;
writeFileSync(file, '');
process.stdin.setRawMode(true);
process.stdin.on('data', (bytes) => appendFileSync(file, bytes));
process.stdout.write(`${mode === 'bracketed' ? '\u001b[?2004h' : ''}\u001b]2;ready\u0007`);
