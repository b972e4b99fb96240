import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const page = readFileSync('docs/vscode.md', 'utf8');
const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));

interface Manifest {
  contributes: {
    commands: { command: string; title: string }[];
    configuration: { properties: Record<string, { default: unknown }> }[];
  };
}

describe('docs/vscode.md', () => {
  it('names every setting with its default', () => {
    const documented = [...section('Settings').matchAll(/^\| `([\w.]+)` \| `([^`]+)` \|/gm)].map(([, key, value]) => ({
      key: `panopticon.${key}`,
      default: value,
    }));
    const contributed = contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([key, property]) => ({ key, default: JSON.stringify(property.default) })),
    );
    assert.deepEqual(documented, contributed);
  });

  it('names every command, but those that only rows of a tree run', () => {
    const documented = [...section('Commands').matchAll(/^\| ([^|]+) \|/gm)]
      .flatMap(([, titles = '']) => titles.split(', '))
      .filter((title) => title !== 'command' && !title.startsWith('---'));
    const titles = contributes.commands
      .filter(({ command }) => !command.startsWith('panopticon.tree.') && !command.endsWith('FromMenu'))
      .map(({ title }) => title);
    assert.deepEqual(documented.toSorted(), titles.toSorted());
  });
});

function section(title: string): string {
  return new RegExp(`^## ${title}\\n(.*?)(?=^## |(?![\\s\\S]))`, 'ms').exec(page)?.[1] ?? '';
}
