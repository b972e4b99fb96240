import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Item {
  command: string;
  when: string;
  group: string;
}

const { contributes }: { contributes: { menus: Record<string, Item[]> } } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

/** The acts of a row by its context value, where rows may allow what they show whole: `inline@1` answers its icons. */
function acts(viewItem: string, group: RegExp): string[] {
  return (contributes.menus['view/item/context'] ?? [])
    .filter((item) => item.when.startsWith('view == panopticon.agents &&') && group.test(item.group))
    .filter(({ when }) => new RegExp(/viewItem =~ \/(.*?)\/(?: |$)/.exec(when)?.[1] ?? '').test(viewItem))
    .filter(({ when }) => !when.endsWith('allowFrom == open'))
    .sort((a, b) => (a.group < b.group ? -1 : 1))
    .map(({ command }) => command.replace('panopticon.', ''));
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
});
