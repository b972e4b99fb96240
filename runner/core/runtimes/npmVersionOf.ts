import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readRegular } from '../files/readRegular.ts';

/** A wrapper lies one folder below its package, a bundled binary up to four. */
const maxFoldersUp = 4;
const limits = { maxBytes: 1024 * 1024, followsLinks: true };

/**
 * The version of the npm package that a program belongs to, without starting the program, which takes up to 1.5 s. Only a
 * package whose name begins so counts. Null where it was installed in another way.
 */
export async function npmVersionOf(program: string, packageName: string): Promise<string | null> {
  const schema = v.pipe(
    v.string(),
    v.parseJson(),
    v.object({ name: v.pipe(v.string(), v.startsWith(packageName)), version: v.string() }),
  );
  let folder = path.dirname(await realpath(program).catch(() => program));
  for (let up = 0; up <= maxFoldersUp; up += 1, folder = path.dirname(folder)) {
    const text = await readRegular(path.join(folder, 'package.json'), limits).catch(() => '');
    const found = v.safeParse(schema, text);
    if (found.success) return found.output.version;
  }
  return null;
}
