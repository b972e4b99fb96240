import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestRepository } from './repository.ts';
import { waitFor } from './waitFor.ts';

/** A checkout that lasts, as those of large repositories do, for as long as the test wants. */
export interface HeldCheckout {
  /** Resolves once git writes the first file of a checkout. */
  begun(): Promise<void>;
  /** Lets this checkout and all later ones end. */
  release(): void;
}

/** Holds every checkout of the repository from now on. `folder` is the test's: with it the holding ends, too. */
export function holdCheckouts(repository: TestRepository, folder: string): HeldCheckout {
  const [hold, begun] = [path.join(folder, 'hold'), path.join(folder, 'begun')];
  writeFileSync(hold, '');
  const wait = `touch '${begun}'; while [ -e '${hold}' ]; do sleep 0.05; done; cat`;
  repository.git(['config', 'filter.held.smudge', wait]);
  const info = path.join(repository.path, '.git', 'info');
  mkdirSync(info, { recursive: true });
  writeFileSync(path.join(info, 'attributes'), '* filter=held\n');
  return {
    async begun() {
      await waitFor(() => existsSync(begun) || undefined, { timeoutMs: 30_000, what: 'a checkout to begin' });
    },
    release: () => rmSync(hold),
  };
}
