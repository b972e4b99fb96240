import type { TestRepository } from '../support/repository.ts';

const filesPerFolder = 100;

/** Commits `count` files of a few hundred bytes each, a hundred to a folder. */
export function addFiles(repository: TestRepository, count: number): void {
  const files = Array.from({ length: count }, (_, index) => {
    const name = `source/folder${Math.floor(index / filesPerFolder)}/file${index}.txt`;
    return [name, `${`line of file ${index}\n`.repeat(20)}`];
  });
  repository.commit(Object.fromEntries(files), `${count} files`);
}
