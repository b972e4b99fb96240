import * as vscode from 'vscode';
import { installations, wordsFor } from '../../setup/installations.ts';
import type { Command } from '../command.ts';
import { plainMessage } from '../plainText.ts';

export const setupInstall: Command = {
  id: 'panopticon.setup.install',
  async run({ doctor, terminals }) {
    const report = await doctor.examine();
    const found = installations(report);
    const chosen = found.length > 1 ? await pick(found) : found[0];
    if (chosen !== undefined) terminals.propose(`Install ${chosen.name}`, chosen.command);
    else if (found.length === 0) {
      const words = wordsFor(report) ?? 'Everything that Panopticon needs is there.';
      void vscode.window.showInformationMessage(plainMessage(words));
    }
  },
};

async function pick(found: ReturnType<typeof installations>): Promise<(typeof found)[number] | undefined> {
  const items = found.map((installation) => ({
    label: installation.name,
    description: installation.isNeeded ? 'needed' : '',
    detail: installation.command,
    installation,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Install Missing Tools',
    placeHolder: 'The command is typed into a terminal. It runs when you press Enter there.',
  });
  return chosen?.installation;
}
