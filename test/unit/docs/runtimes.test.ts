import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { claudeModes } from '../../../runner/core/runtimes/claude/claudeModes.ts';
import { claudeSettings } from '../../../runner/core/runtimes/claude/claudeSettings.ts';
import { codexHookFlags } from '../../../runner/core/runtimes/codex/codexHooks.ts';
import { codexModes } from '../../../runner/core/runtimes/codex/codexModes.ts';
import { extensionFiles, extensionName } from '../../../runner/core/runtimes/gemini/extensionFiles.ts';
import { modeFlags as geminiModes } from '../../../runner/core/runtimes/gemini/launchArguments.ts';
import { runtimeDefinitions } from '../../../runner/core/runtimes/runtimeDefinitions.ts';
import { permissionModes } from '../../../runner/protocol/enumerations.ts';

const page = readFileSync('docs/runtimes.md', 'utf8');
const places = { panCommand: '/pan', url: 'http://127.0.0.1:1/hook' };

describe('docs/runtimes.md', () => {
  it('has a column for every tool that Panopticon knows', () => {
    const head = cells(page.split('\n').find((line) => line.startsWith('| |')) ?? '');
    const names = runtimeDefinitions.map(({ name }) => `\`${name}\``);
    assert.deepEqual(head, ['', ...names, 'a `command` runtime']);
  });

  it('names the versions that the scenarios run', () => {
    const installed = readFileSync('.ci/agentClis.mjs', 'utf8').matchAll(/^ {2}'@[\w/-]+': '([\d.]+)',$/gm);
    const versions = [...installed].map((match) => match[1] ?? '');
    assert.deepEqual(row(page, 'measured with').slice(0, versions.length), versions);
  });

  it('gives the arguments of every permission mode as they are', () => {
    assert.deepEqual(
      row(chapter('claude'), 'arguments'),
      permissionModes.map((mode) => code(`--permission-mode ${claudeModes[mode].flag}`)),
    );
    for (const [tool, modes] of Object.entries({ codex: codexModes, gemini: geminiModes })) {
      const flags = permissionModes.map((mode) => code(modes[mode].join(' ')));
      assert.deepEqual(row(chapter(tool), 'arguments'), flags, tool);
    }
  });

  it('gives the settings that go with the modes of Claude Code', () => {
    const settings = permissionModes.map((mode) =>
      Object.entries(claudeModes[mode].settings)
        .map(([name, value]) => code(`"${name}": ${JSON.stringify(value)}`))
        .join(', '),
    );
    assert.deepEqual(row(chapter('claude'), 'settings of the start'), settings);
  });

  it('names every hook that calls the runner', () => {
    const [claude = '', codex = '', gemini = ''] = row(section('How the status is known'), 'hooks');
    const { hooks } = claudeSettings({ mode: 'auto', prompt: 'work', resume: false, hooks: places });
    const byCommand = Object.entries(hooks as object).filter(([, entry]) => JSON.stringify(entry).includes('/pan'));
    assert.deepEqual(named(claude), byCommand.map(([event]) => event).toSorted());
    const flags = codexHookFlags(places.panCommand).join('\n');
    assert.deepEqual(named(codex), [...flags.matchAll(/^hooks\.([A-Z]\w+)=/gm)].map((match) => match[1]).toSorted());
    const file = extensionFiles().find(({ path }) => path.endsWith('hooks.json'));
    const registered: { hooks: object } = JSON.parse(file?.content ?? '{}');
    assert.deepEqual(named(gemini), Object.keys(registered.hooks).toSorted());
    assert.ok(page.includes(`~/.gemini/extensions/${extensionName}/`));
  });
});

function section(heading: string): string {
  return new RegExp(`^## ${heading}\\n(.*?)(?=^## )`, 'ms').exec(page)?.[1] ?? '';
}

/** A tool's part of the chapter about modes. */
function chapter(tool: string): string {
  return new RegExp(`^### ${tool}\\n(.*?)(?=^##|(?![^]))`, 'ms').exec(section('Permission modes'))?.[1] ?? '';
}

/** The cells of the first row that begins with `title`, without that. */
function row(text: string, title: string): string[] {
  return cells(text.split('\n').find((line) => line.startsWith(`| ${title} |`)) ?? '').slice(1);
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The events in a cell, in order of the alphabet. */
function named(cell: string): string[] {
  return [...cell.matchAll(/`([A-Z]\w+)`/g)].map((match) => match[1] ?? '').toSorted();
}
