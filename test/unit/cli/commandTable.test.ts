import assert from 'node:assert/strict';
import { commandSections, commandTable, visibleCommands } from '../../../runner/cli/commandTable.ts';
import { findCommand } from '../../../runner/cli/findCommand.ts';
import { parseArguments } from '../../../runner/cli/parseArguments.ts';

const paths = Object.keys(commandTable);

describe('the table of commands', () => {
  it('has each command under its own path', async () => {
    const loaded = await Promise.all(Object.values(commandTable).map(async (load) => (await load()).path));
    assert.deepEqual(loaded, paths);
  });

  it('says in one short line what each command does', async () => {
    for (const { path, summary } of await visibleCommands()) {
      assert.ok(summary.length <= 52 && /^[A-Z].*[^.]$/.test(summary), `${path}: ${summary}`);
    }
  });

  it('has every visible command under one heading of the help', async () => {
    const words = commandSections.flatMap((section) => section.words);
    for (const { path } of await visibleCommands()) {
      assert.equal(words.filter((word) => word === path.split(' ')[0]).length, 1, path);
    }
  });

  it('gives examples that are understood', async () => {
    for (const command of await visibleCommands()) {
      assert.notEqual(command.examples.length, 0, command.path);
      for (const example of command.examples) {
        const found = findCommand(wordsOf(example), paths);
        assert.ok(found.kind === 'command' && found.path === command.path, example);
        await parseArguments(command, found.rest);
      }
    }
  });
});

/** The words of an example behind `pan`, as a shell would pass them. */
function wordsOf(example: string): string[] {
  const words = example.replace(/ [<>] .*$/, '').match(/"[^"]*"|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^"(.*)"$/, '$1'));
}
