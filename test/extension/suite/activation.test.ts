import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in VS Code', () => {
  it('activates', async () => {
    const extension = ownExtension();
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has registered every command of its manifest', async () => {
    const extension = ownExtension();
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { commands = [] }: { commands?: { command: string }[] } = extension.packageJSON.contributes;
    assert.deepEqual(
      commands.map(({ command }) => command).filter((id) => !registered.has(id)),
      [],
    );
  });
});

function ownExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('panopticon.panopticon');
  assert.ok(extension, 'VS Code does not know the extension');
  return extension;
}
