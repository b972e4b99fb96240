/** For VS Code's emitter. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

interface Address {
  scheme: string;
  path: string;
  query?: string;
}

/** For VS Code's addresses. */
export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  constructor({ scheme, path, query = '' }: Address) {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static from(address: Address): Uri {
    return new Uri(address);
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  toString(): string {
    return `${this.scheme}:${this.path}?${this.query}`;
  }
}

/** What registers something, and does nothing else. */
export function disposable(): { dispose(): void } {
  return { dispose: () => undefined };
}

interface Item {
  label: string;
  row?: unknown;
}

/** For a picker or an input box: the test does what a person would. */
export class ShownInput {
  items: readonly Item[] = [];
  selectedItems: readonly Item[] = [];
  value = '';
  title = '';
  ignoreFocusOut = false;
  canSelectMany = false;
  validationMessage: string | undefined;
  isOpen = true;
  private readonly accepted = new Emitter<void>();
  private readonly hidden = new Emitter<void>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidChangeValue = new Emitter<string>().event;
  readonly onDidTriggerButton = new Emitter<unknown>().event;
  readonly onDidTriggerItemButton = new Emitter<unknown>().event;

  show(): void {}

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.hidden.fire();
  }

  dispose(): void {}

  /** The line with that beginning, and Enter. */
  choose(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label.startsWith(label));
    this.accepted.fire();
  }

  type(text: string): void {
    this.value = text;
  }

  enter(): void {
    this.accepted.fire();
  }
}

/** Of what is shown by `vscode.window`: texts, in order, and what was clicked on them. */
export class Shown {
  readonly texts: string[] = [];
  readonly inputs: ShownInput[] = [];
  /** The button that is clicked on every notification that has it. */
  click: string | undefined;

  /** Enough of `vscode` for commands. */
  get vscode() {
    const input = (): ShownInput => {
      const made = new ShownInput();
      this.inputs.push(made);
      return made;
    };
    const say = async (text: string, ...buttons: unknown[]): Promise<unknown> => {
      this.texts.push(text);
      return buttons.find((button) => button === this.click);
    };
    return {
      Uri,
      EventEmitter: Emitter,
      ThemeIcon: class {},
      ProgressLocation: {},
      QuickPickItemKind: { Separator: -1 },
      commands: { executeCommand: async (): Promise<void> => undefined },
      window: {
        createQuickPick: input,
        createInputBox: input,
        showInformationMessage: say,
        showWarningMessage: say,
        showErrorMessage: say,
        setStatusBarMessage: (text: string) => {
          this.texts.push(text);
          return disposable();
        },
        withProgress: (_: unknown, task: (progress: unknown, token: unknown) => unknown) =>
          task({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: disposable }),
      },
    };
  }

  /** What is shown now, once it is. */
  async input(): Promise<ShownInput> {
    for (let turns = 0; turns < 100; turns += 1) {
      const shown = this.inputs.find(({ isOpen }) => isOpen);
      if (shown !== undefined) return shown;
      await new Promise(setImmediate);
    }
    throw new Error('Nothing is shown.');
  }
}
