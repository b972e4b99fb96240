import { parseArgs } from 'node:util';
import type { BenchResult } from './benchCase.ts';
import { BenchHomes } from './benchHomes.ts';
import { benchTable, isWithin } from './benchTable.ts';
import { activation } from './cases/activation.ts';
import { click } from './cases/click.ts';
import { crowd } from './cases/crowd.ts';
import { extensionMemory } from './cases/extensionMemory.ts';
import { extensionSize } from './cases/extensionSize.ts';
import { idle } from './cases/idle.ts';
import { memory } from './cases/memory.ts';
import { panelTranscript } from './cases/panelTranscript.ts';
import { row } from './cases/row.ts';
import { start } from './cases/start.ts';
import { status } from './cases/status.ts';
import { tell } from './cases/tell.ts';
import { toolHooks } from './cases/toolHooks.ts';
import { truthCases } from './cases/truth.ts';
import { version } from './cases/version.ts';
import { workspace } from './cases/workspace.ts';

/** The one that writes most comes last, so that the disk is not still busy with it while others are measured. */
const cases = [
  version,
  status,
  start,
  idle,
  memory,
  ...truthCases,
  tell,
  toolHooks,
  ...[extensionSize, activation, row, click, crowd, extensionMemory, panelTranscript],
  workspace,
];

/**
 * Measures the built `pan` against what it cannot be faster than, and ends with 1 when a limit is missed.
 *   --only name  one case (may be repeated)
 *   --json       one document instead of the table
 */
async function bench(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' } } });
  const wanted = cases.filter(({ name }) => values.only?.includes(name) ?? true);
  if (wanted.length === 0 || wanted.length < (values.only?.length ?? 0)) {
    console.error(`--only takes ${cases.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const homes = new BenchHomes((line) => console.error(line));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void homes.stop().finally(() => process.exit(130)));
  }
  const results: BenchResult[] = [];
  const failed: string[] = [];
  try {
    for (const each of wanted) {
      console.error(`measuring ${each.name}`);
      try {
        results.push(...(await each.run(homes)));
      } catch (error) {
        failed.push(each.name);
        console.error(error);
      }
    }
  } finally {
    await homes.stop();
  }
  const ok = failed.length === 0 && results.every(isWithin);
  const verdict =
    failed.length > 0 ? `${failed.join(', ')} failed` : ok ? 'all within their limits' : 'a limit was missed';
  if (values.json === true) console.log(JSON.stringify({ ok, node: process.version, results, failed }));
  else console.log(`${benchTable(results)}\n\nNode ${process.version}: ${verdict}`);
  return ok ? 0 : 1;
}

void bench().then((code) => {
  process.exitCode = code;
});
