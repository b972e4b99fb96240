import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workbench } from '../../e2e/support/workbench.ts';
import type { BenchCase } from '../benchCase.ts';
import type { BenchHomes } from '../benchHomes.ts';
import { type HostMemory, heldBy } from '../editor/heldBy.ts';
import { measured } from '../editor/measured.ts';
import { type Editor, openEditor } from '../editor/openEditor.ts';
import { median } from '../interleave.ts';

const states = ['backlog', 'todo', 'planning', 'in_progress', 'in_review', 'done', 'canceled'] as const;
const issueCount = 5_000;
/** The most that the settings allow. */
const pageSize = 500;
const windows = 3;
const limitMb = 30;

/** What an extension host holds more for a window with many issues, every state of them unfolded. */
export const extensionMemory: BenchCase = {
  name: 'extension-memory',
  async run(homes) {
    const many = await openProject(homes, issueCount);
    const none = await openProject(homes, 0);
    const held: Record<'many' | 'none', HostMemory[]> = { many: [], none: [] };
    try {
      for (let round = 0; round < windows; round += 1) {
        held.none.push(await heldBy(none, showIssues));
        held.many.push(await heldBy(many, unfoldAll));
      }
    } finally {
      await Promise.all([many.stop(), none.stop()]);
    }
    const megabytes = (name: 'many' | 'none', what: keyof HostMemory) =>
      median(held[name].map((each) => each[what])) / 1e6;
    const more = (what: keyof HostMemory) => megabytes('many', what) - megabytes('none', what);
    return [
      measured({
        what: `extension host, ${issueCount} issues, ${states.length * pageSize} of them listed`,
        against: 'the same, an empty project',
        value: more('residentBytes'),
        limit: limitMb,
        unit: '+MB',
        detail:
          `${megabytes('many', 'residentBytes').toFixed(1)} MB to ${megabytes('none', 'residentBytes').toFixed(1)} MB; ` +
          `of its heap ${more('heapBytes').toFixed(1)} MB`,
      }),
    ];
  },
};

async function openProject(homes: BenchHomes, count: number): Promise<Editor> {
  const home = await homes.open();
  writeIssues(home.repository.path, count);
  return openEditor(homes, home, {
    settings: { 'panopticon.issues.hideStates': [], 'panopticon.issues.pageSize': pageSize },
  });
}

/** As files, which is how a pull brings them; a tracker that makes them one by one would take minutes. */
function writeIssues(repository: string, count: number): void {
  const folder = path.join(repository, '.panopticon/issues');
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= count; number += 1) {
    const state = states[number % states.length];
    const head = `id: MIN-${number}\ntitle: Limit login attempts per account, part ${number}\nstate: ${state}\n`;
    const text = `---\n${head}priority: normal\nlabels: [security, login]\n---\n\n${'What to do, in a few words.\n'.repeat(20)}`;
    writeFileSync(path.join(folder, `min-${number}.md`), text);
  }
}

async function showIssues(workbench: Workbench): Promise<void> {
  await workbench.tree('Issues').shown();
}

/** What is under way is unfolded from the first; the rest is below it. */
async function unfoldAll(workbench: Workbench): Promise<void> {
  const issues = await workbench.tree('Issues').shown();
  await issues.row(/^MIN-/).waitFor();
  await issues.pane.locator('.monaco-list').first().focus();
  await workbench.page.keyboard.press('End');
  for (const label of ['Canceled', 'Done', 'Backlog']) await issues.expand(label);
  await workbench.page.keyboard.press('End');
  await issues.row(/^Load \d+ More$/).waitFor();
}
