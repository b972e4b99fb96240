import * as vscode from 'vscode';
import { waitFor } from '../../../support/waitFor.ts';

/** A picker that the extension shows, chosen from by the test instead of by hand. */
export class ShownPicker {
  readonly title: string;
  readonly labels: string[];
  /** Leaves without choosing. */
  readonly cancel: () => void;
  private readonly accept: (label: string) => void;
  private readonly isOpen: () => boolean;

  constructor(
    picker: vscode.QuickPick<vscode.QuickPickItem>,
    accept: (label: string) => void,
    cancel: () => void,
    isOpen: () => boolean,
  ) {
    this.title = picker.title ?? '';
    this.labels = picker.items.map(({ label }) => label);
    this.accept = accept;
    this.cancel = cancel;
    this.isOpen = isOpen;
  }

  /** Accepts the line at once. False when the picker took that for a reflex and stays. */
  tryChoose(label: string): boolean {
    this.accept(label);
    return !this.isOpen();
  }

  async choose(label: string): Promise<void> {
    const probe = async (): Promise<true | undefined> => {
      this.accept(label);
      await new Promise(setImmediate);
      return this.isOpen() ? undefined : true;
    };
    await waitFor(probe, { timeoutMs: 10_000, what: `the picker to take ${label}` });
  }
}

/** Takes the pickers of the extension from now on; `restore` gives them back. They stand in no window. */
export function takePickers(): { next(): Promise<ShownPicker>; restore(): void } {
  const real = vscode.window.createQuickPick;
  const shown: ShownPicker[] = [];
  vscode.window.createQuickPick = <T extends vscode.QuickPickItem>(): vscode.QuickPick<T> => {
    const picker = real<T>();
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    let selected: readonly T[] = [];
    let isOpen = false;
    const choose = (label: string): void => {
      selected = picker.items.filter((item) => item.label === label);
      accepted.fire();
    };
    const hide = (): void => {
      isOpen = false;
      hidden.fire();
    };
    return new Proxy(picker, {
      get(target, name) {
        if (name === 'onDidAccept') return accepted.event;
        if (name === 'onDidHide') return hidden.event;
        if (name === 'selectedItems') return selected;
        if (name === 'show') {
          return () => {
            isOpen = true;
            shown.push(new ShownPicker(picker, choose, hide, () => isOpen));
          };
        }
        if (name === 'hide') return hide;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
      set: (target, name, value) => Reflect.set(target, name, value),
    });
  };
  return {
    next: () => waitFor(() => shown.shift(), { timeoutMs: 10_000, what: 'a picker' }),
    restore: () => {
      vscode.window.createQuickPick = real;
    },
  };
}
