import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { placeholders } from '../../../runner/core/config/fillPlaceholders.ts';
import { parseConfig } from '../../../runner/core/config/parseConfig.ts';
import { defaultConfig } from '../../../runner/protocol/defaultConfig.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const runtimesPage = readFileSync('docs/runtimes.md', 'utf8');

describe('docs/configuration.md', () => {
  it('shows the config.toml that pan init writes', () => {
    assert.ok(page.includes(`\`\`\`toml\n${defaultConfig}\`\`\``));
  });

  it('names the defaults of an empty config.toml', () => {
    const { defaults } = parseConfig('', '/');
    assert.equal(defaults.runtime, null);
    assert.ok(page.includes('| `defaults.runtime` | `rehearsal` |'));
    assert.equal(defaults.model, null);
    assert.ok(page.includes('| `defaults.model` | none'));
    assert.ok(page.includes(`| \`defaults.mode\` | \`${defaults.mode}\` |`));
  });

  it('names every variable that agents get', () => {
    const source = readFileSync('runner/core/agents/agentLauncher.ts', 'utf8');
    const body = /agentEnvironment\(.*?return \{(.*?)\};/s.exec(source)?.[1] ?? '';
    const variables = [...body.matchAll(/^ +([A-Z_]+):/gm)].map((match) => match[1] ?? '');
    assert.ok(variables.length > 5);
    const section = /## Environment of agents\n(.*?)\n## /s.exec(page)?.[1] ?? '';
    const documented = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(documented.toSorted(), variables.toSorted());
  });
});

describe('docs/runtimes.md', () => {
  it('names every placeholder', () => {
    const missing = placeholders.filter((name) => !runtimesPage.includes(`\`{${name}}\``));
    assert.deepEqual(missing, []);
  });

  it('shows a command runtime that can be used as it is', () => {
    const example = /^## command\n.*?^```toml\n(.*?)^```$/ms.exec(runtimesPage)?.[1] ?? '';
    const { runtimes, warnings } = parseConfig(example, '/');
    assert.deepEqual([...runtimes.keys()], ['aider']);
    assert.deepEqual(warnings, []);
  });
});
