import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';

interface MenuItem {
  command: string;
  when?: string;
}

interface Keybinding extends MenuItem {
  key: string;
  /** Of `runCommands`: what it runs, one after the other. */
  args?: { commands?: (string | { command: string })[] };
}

interface Manifest {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    views: Record<string, { id: string }[]>;
    menus: Record<string, MenuItem[]>;
    keybindings: Keybinding[];
  };
}

const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
/** What the keys run; each first selects the row that has the focus, which VS Code's keys do not. */
const pressed = contributes.keybindings.flatMap(({ command, args }) =>
  command === 'runCommands'
    ? (args?.commands ?? []).map((each) => (typeof each === 'string' ? each : each.command))
    : command,
);
/** Registered by the views themselves. */
const holding = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `${id}.holdRow`));
const contributed = contributes.commands.map(({ command }) => command);
/** VS Code makes one for each view. */
const focusing = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `${id}.focus`));

/** Loads the table as the extension does; nothing of VS Code is called before a command runs. */
function registeredIds(): string[] {
  const [file] = buildSync({
    entryPoints: ['extension/src/commands/commandTable.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  }).outputFiles;
  const loaded: { exports: { commandTable?: readonly { id: string }[] } } = { exports: {} };
  const stub = (id: string): unknown => (id === 'vscode' ? {} : process.getBuiltinModule(id));
  new Function('require', 'module', 'exports', file?.text ?? '')(stub, loaded, loaded.exports);
  return (loaded.exports.commandTable ?? []).map(({ id }) => id);
}

describe('the commands of the extension', () => {
  it('are those that its manifest names, each once', () => {
    assert.deepEqual(registeredIds().toSorted(), contributed.toSorted());
  });

  it('have a title in Title Case and the category Panopticon', () => {
    const small = new Set(['a', 'an', 'and', 'as', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'config.toml']);
    const odd = contributes.commands.filter(({ title, category }) => {
      const words = title.replace(/\.\.\.$/, '').split(' ');
      return category !== 'Panopticon' || !words.every((word) => small.has(word) || /^[A-Z]/.test(word));
    });
    assert.deepEqual(odd, []);
  });

  it('are what menus and keys name', () => {
    const known = new Set([...contributed, ...focusing, ...holding, 'list.selectAndPreserveFocus']);
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      [...inMenus, ...pressed].filter((command) => !known.has(command)),
      [],
    );
  });

  it('stand in the palette only where they can do something', () => {
    const always = ['agents.groupBy', 'config.open', 'doctor', 'runner.log', 'runner.restart', 'settings.open'];
    const listed = (contributes.menus['commandPalette'] ?? []).map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !listed.includes(command)).toSorted(),
      [...always, 'setup.login', 'walkthrough.open'].map((id) => `panopticon.${id}`).toSorted(),
    );
  });

  it('allow nothing by a key', () => {
    assert.deepEqual(
      pressed.filter((command) => /\.(allow(Session)?(FromMenu)?|approvePlan(Session)?)$/.test(command)),
      [],
    );
  });

  it('offer Allow on a row only where the row shows all of the command', () => {
    const rows = (contributes.menus['view/item/context'] ?? []).filter(({ command }) => /\.allow/.test(command));
    assert.ok(rows.length > 0);
    for (const { when } of rows) assert.match(when ?? '', /permission\\\+brief.*allowFrom != open/);
  });
});
