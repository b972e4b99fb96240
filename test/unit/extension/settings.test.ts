import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Settings, settingsFrom } from '../../../extension/src/settings.ts';

interface Property {
  default: unknown;
  scope: string;
}

const manifest: { contributes: { configuration: { properties: Record<string, Property> }[] } } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const properties = new Map(
  manifest.contributes.configuration.flatMap(({ properties: group }) => Object.entries(group)),
);

describe('settingsFrom', () => {
  it('takes for granted what the manifest says, and asks for nothing that is not in it', () => {
    const asked = new Set<string>();
    const settings = settingsFrom((key) => {
      asked.add(`panopticon.${key}`);
      return properties.get(`panopticon.${key}`)?.default;
    });
    assert.deepEqual(everything(settings), everything(settingsFrom(() => undefined)));
    assert.deepEqual([...asked].toSorted(), [...properties.keys()].toSorted());
  });

  it('reads what the person set', () => {
    const set: Record<string, unknown> = {
      'agents.groupBy': 'runtime',
      'agents.finishedHours': 0.5,
      'issues.pageSize': 100,
      'issues.hideStates': ['done', 'canceled'],
      'terminal.addPanToPath': false,
      'attention.question': 'off',
      'attention.limit': 'toast',
      'attention.quietHours': ['22:00-07:00'],
      'attention.osNotifications': 'whenUnfocused',
      'runner.home': ' ~/other ',
    };
    const settings = settingsFrom((key) => set[key]);
    assert.equal(settings.groupBy(), 'runtime');
    assert.equal(settings.finishedHours(), 0.5);
    assert.equal(settings.issuePageSize(), 100);
    assert.deepEqual(settings.hiddenIssueStates(), ['done', 'canceled']);
    assert.equal(settings.addPanToPath(), false);
    assert.equal(settings.runnerHome(), '~/other');
    assert.deepEqual(settings.notices(), {
      kinds: {
        permission: 'toast',
        question: 'off',
        finished: 'toast',
        stuck: 'toast',
        crashed: 'toast',
        limit: 'toast',
      },
      delaySeconds: 3,
      everySeconds: 20,
      quietHours: ['22:00-07:00'],
      osNotifications: 'whenUnfocused',
    });
  });

  for (const nonsense of [null, 'nonsense', -1, Number.NaN, 1e9, {}, [7], true]) {
    it(`falls back on the default for ${JSON.stringify(nonsense)} wherever it cannot be meant`, () => {
      const settings = settingsFrom(() => nonsense);
      const { groupBy, finishedHours, issuePageSize, diffBase, allowFrom, escalateMinutes } = settings;
      assert.deepEqual(
        [groupBy(), finishedHours(), issuePageSize(), diffBase(), allowFrom(), escalateMinutes()],
        ['status', 24, 50, 'mergeBase', 'brief', 2],
      );
      assert.ok(settings.hiddenIssueStates().every((state) => typeof state === 'string'));
    });
  }
});

describe('the settings in package.json', () => {
  it('let no repository silence or loosen anything, or name a program', () => {
    const scopes = (prefix: string) =>
      new Set([...properties].filter(([key]) => key.startsWith(`panopticon.${prefix}.`)).map(([, { scope }]) => scope));
    assert.deepEqual(scopes('attention'), new Set(['application']));
    assert.deepEqual(scopes('runner'), new Set(['machine']));
  });
});

function everything(settings: Settings): unknown {
  return Object.fromEntries(Object.entries(settings).map(([key, read]) => [key, read()]));
}
