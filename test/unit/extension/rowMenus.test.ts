import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Item {
  command: string;
  when: string;
  group: string;
}

interface Contributes {
  commands: { command: string; title: string }[];
  menus: Record<string, Item[]>;
}

const { contributes }: { contributes: Contributes } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The acts of a row by its context value, where rows may allow what they show whole: `inline@1` answers its icons. */
function acts(viewItem: string, group: RegExp): string[] {
  return (contributes.menus['view/item/context'] ?? [])
    .filter((item) => item.when.startsWith('view == panopticon.agents &&') && group.test(item.group))
    .filter(({ when }) => new RegExp(/viewItem =~ \/(.*?)\/(?: |$)/.exec(when)?.[1] ?? '').test(viewItem))
    .filter(({ when }) => !when.endsWith('allowFrom == open'))
    .sort((a, b) => (a.group < b.group ? -1 : 1))
    .map(({ command }) => command.replace('panopticon.', ''));
}

function titleOf(command: string): string | undefined {
  return contributes.commands.find((each) => each.command === `panopticon.${command}`)?.title;
}

describe('the icons of an agent that needs somebody', () => {
  const table: [what: string, viewItem: string, icons: string[]][] = [
    ['asks what its row shows whole', 'agent.waiting.permission+brief+live+workspace', ['agent.allow', 'agent.deny']],
    ['asks more than its row shows', 'agent.waiting.permission+live+workspace', ['agent.answer']],
    ['has a plan', 'agent.waiting.plan+live+workspace', ['agent.answer']],
    ['waits in its terminal', 'agent.waiting.other+live+session+workspace', ['agent.attach']],
    ['is logged out', 'agent.parked.auth+live+session+workspace', ['setup.login']],
    ['needs another model', 'agent.parked.model+live+session+workspace', ['agent.attach']],
    ['met a usage limit', 'agent.parked.limit+live+workspace', []],
  ];
  for (const [what, viewItem, icons] of table) {
    it(`and ${what}: ${icons.join(', ')}`, () => assert.deepEqual(acts(viewItem, /^inline/), icons));
  }
});

describe('the context menu of an agent', () => {
  it('offers an answer where something is asked, else what helps', () => {
    const begins = ['agent.waiting.question+live', 'agent.waiting.other+live', 'agent.parked.auth+live'].map(
      (viewItem) => acts(viewItem, /^1_act/)[0],
    );
    assert.deepEqual(begins, ['agent.answer', 'agent.tell', 'setup.login']);
  });

  it('rejects a plan, and denies anything else', () => {
    const titles = ['agent.waiting.permission+live', 'agent.waiting.plan+live'].map((viewItem) =>
      acts(viewItem, /^1_act@[45]/).map(titleOf),
    );
    assert.deepEqual(titles, [
      ['Deny', 'Deny With Message...'],
      ['Reject Plan', 'Reject With Message...'],
    ]);
  });
});

describe('the title of a request', () => {
  it('has the words of a plan where it is one', () => {
    const titles = ['MIN-1 permission', 'MIN-1 plan'].map((name) =>
      (contributes.menus['editor/title'] ?? [])
        .filter(({ when }) => new RegExp(/resourceFilename =~ \/(.*?)\/$/.exec(when)?.[1] ?? '^$').test(name))
        .map(({ command }) => titleOf(command.replace('panopticon.', ''))),
    );
    assert.deepEqual(titles, [
      ['Allow Once', 'Allow for This Session', 'Deny', 'Deny With Message...'],
      ['Approve Plan', 'Approve for This Session', 'Reject Plan', 'Reject With Message...'],
    ]);
  });
});
