import assert from 'node:assert/strict';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the installed extension', () => {
  const stage = useWorkbench();

  it('shows its views when its eye in the activity bar is clicked', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    for (const view of ['Agents', 'Issues', 'Workspaces']) await workbench.tree(view).shown();
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  it('shows the same in a second window', async () => {
    const { home, openWindow } = stage();
    const other = await openWindow(home.repository.path);
    await other.showContainer('Panopticon');
    await other.tree('Agents').shown();
    await other.close();
  });
});
