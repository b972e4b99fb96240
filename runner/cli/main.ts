import { writeSync } from 'node:fs';

/** From package.json, put in by the bundler. */
declare const __PAN_VERSION__: string;

/** Asking for the version must cost no more than starting Node: nothing else is loaded for it. */
function isVersionQuestion([first, second]: readonly string[]): boolean {
  return (first === '--version' || first === '-v' || first === '-V') && second === undefined;
}

/** dist/cli.js is a bundle of its own, because a bundle is read and compiled as a whole. */
function loadCli(): typeof import('./runPan.ts') {
  return require(`${__dirname}/cli.js`);
}

const argv = process.argv.slice(2);
if (isVersionQuestion(argv)) {
  try {
    writeSync(1, `${__PAN_VERSION__}\n`);
  } catch {
    // The reader has gone; there is nobody left to tell.
  }
} else {
  void loadCli().runPan(argv, __PAN_VERSION__, __dirname);
}
