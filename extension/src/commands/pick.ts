import * as vscode from 'vscode';

/** One line of a picker. */
export interface Row<T> {
  value: T;
  label: string;
  /** A codicon's name. */
  icon?: string;
  description?: string;
  detail?: string;
  buttons?: readonly RowButton[];
  /** In a picker of several: chosen from the start. */
  picked?: boolean;
}

/** A small button at the end of a line; the picker closes when it is clicked. */
export interface RowButton {
  icon: string;
  tooltip: string;
  run(): Thenable<unknown> | undefined;
}

/** Stands between lines. */
export interface Heading {
  heading: string;
}

export interface PickOptions<T> {
  title: string;
  placeholder?: string;
  rows: readonly (Row<T> | Heading)[];
  /** Preselected: Enter takes it. */
  active?: (value: T) => boolean;
  /** Enter and clicks that come sooner are a reflex, and do nothing. */
  acceptAfterMs?: number;
  /** Stays when something else takes the focus, as an editor that is opened beside it. */
  stays?: boolean;
  /** What was typed makes lines of its own, below the others. */
  typed?: (text: string) => Row<T>[];
  /** What stood in the field when a line was chosen, or the person left. */
  onEnd?: (text: string) => void;
}

export interface LivePickOptions<T> {
  title: string;
  placeholder: string;
  /** The lines for what was typed. VS Code puts those first whose label begins with it. */
  find(text: string): Promise<readonly Row<T>[]>;
  /** Makes something of what was typed, by a button. */
  create?: { tooltip: string; value(text: string): T };
}

/** Pause after a key before lines are looked for. */
const debounceMs = 120;
/** What comes sooner after lines were exchanged was meant for the line that stood there before. */
const jumpMs = 150;

interface Item<T> extends vscode.QuickPickItem {
  row: Row<T> | undefined;
}

/** Lets a person choose one line; undefined when they leave. */
export function pick<T>(options: PickOptions<T>): Promise<T | undefined> {
  const picker = vscode.window.createQuickPick<Item<T>>();
  const items = options.rows.map(itemOf);
  setUp(picker, options);
  picker.items = items;
  const active = items.find(({ row }) => row !== undefined && options.active?.(row.value) === true);
  if (active !== undefined) picker.activeItems = [active];
  const { typed } = options;
  if (typed !== undefined) {
    picker.onDidChangeValue((text) => {
      const own = text.trim() === '' ? [] : typed(text.trim()).map((row) => ({ ...itemOf(row), alwaysShow: true }));
      picker.items = [...items, ...own];
    });
  }
  let text = '';
  picker.onDidChangeValue((value) => {
    text = value;
  });
  return chosen(picker, unlessReflex(picker, options.acceptAfterMs)).then((rows) => {
    options.onEnd?.(text);
    return rows?.[0];
  });
}

/**
 * Lets a person choose several lines; undefined when they leave.
 *
 * @param options.refusal what an Enter is told that chose none; unless given, none may be meant
 */
export function pickMany<T>(options: PickOptions<T> & { refusal?: string }): Promise<T[] | undefined> {
  const picker = vscode.window.createQuickPick<Item<T>>();
  setUp(picker, options);
  picker.canSelectMany = true;
  picker.items = options.rows.map(itemOf);
  picker.selectedItems = picker.items.filter(({ row }) => row?.picked === true);
  const { title, refusal } = options;
  const accepted = unlessReflex(picker, options.acceptAfterMs);
  return chosen(picker, async () => {
    const items = await accepted();
    if (items?.length !== 0 || refusal === undefined) return items;
    picker.title = `${title} · ${refusal}`;
    return undefined;
  });
}

/** Lets a person choose one of the lines that fit what they type. */
export async function pickLive<T>({ title, placeholder, find, create }: LivePickOptions<T>): Promise<T | undefined> {
  const picker = vscode.window.createQuickPick<Item<T>>();
  setUp(picker, { title, placeholder });
  let shownText: string | undefined;
  let changedAt = 0;
  let failure: unknown;
  const look = async (): Promise<void> => {
    const text = picker.value.trim();
    picker.busy = true;
    try {
      const rows = await find(text);
      if (text !== picker.value.trim()) return;
      picker.items = rows.map((row) => ({ ...itemOf(row), alwaysShow: true }));
      shownText = text;
      changedAt = performance.now();
      picker.busy = false;
    } catch (error) {
      failure = error;
      picker.hide();
    }
  };
  let pause: ReturnType<typeof setTimeout> | undefined;
  picker.onDidChangeValue(() => {
    clearTimeout(pause);
    pause = setTimeout(() => void look(), debounceMs);
  });
  void look();
  let made: T | undefined;
  if (create !== undefined) picker.buttons = [{ iconPath: new vscode.ThemeIcon('add'), tooltip: create.tooltip }];
  picker.onDidTriggerButton(() => {
    const text = picker.value.trim();
    if (create === undefined || text === '') return;
    made = create.value(text);
    picker.hide();
  });
  const rows = await chosen(picker, async () => {
    if (shownText === picker.value.trim()) {
      return performance.now() - changedAt < jumpMs ? undefined : picker.selectedItems;
    }
    // The lines are those of an earlier text: Enter would take one that was not asked for.
    await look();
    return undefined;
  });
  clearTimeout(pause);
  if (failure !== undefined) throw failure;
  return made ?? rows?.[0];
}

/** The picker that is shown; one at a time. */
let shownPicker: vscode.QuickInput | undefined;

/** Leaves the picker that is shown, if one is, before something else takes its place. */
export function leavePicker(): void {
  shownPicker?.hide();
}

function setUp<T>(
  picker: vscode.QuickPick<Item<T>>,
  { title, placeholder, stays }: { title: string; placeholder?: string; stays?: boolean },
): void {
  picker.title = title;
  if (placeholder !== undefined) picker.placeholder = placeholder;
  picker.ignoreFocusOut = stays === true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
}

function itemOf<T>(row: Row<T> | Heading): Item<T> {
  if ('heading' in row) return { label: row.heading, kind: vscode.QuickPickItemKind.Separator, row: undefined };
  const { label, icon, description, detail, buttons } = row;
  return {
    row,
    label,
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(buttons === undefined ? {} : { buttons: buttons.map(buttonOf) }),
  };
}

function buttonOf({ icon, tooltip, run }: RowButton): vscode.QuickInputButton & Pick<RowButton, 'run'> {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip, run };
}

/** What is selected; undefined where the person cannot have meant it yet. */
function unlessReflex<T>(picker: vscode.QuickPick<Item<T>>, acceptAfterMs = 0): Accepted<T> {
  const shownAt = performance.now();
  return async () => (performance.now() - shownAt < acceptAfterMs ? undefined : picker.selectedItems);
}

/** The lines that are meant; undefined for a slip, after which the picker stays. */
type Accepted<T> = () => Promise<readonly Item<T>[] | undefined>;

/** Shows the picker until lines are accepted, or it goes otherwise: undefined then. Disposes it. */
function chosen<T>(picker: vscode.QuickPick<Item<T>>, accepted: Accepted<T>): Promise<T[] | undefined> {
  return new Promise((resolve) => {
    picker.onDidAccept(async () => {
      const rows = (await accepted())?.flatMap(({ row }) => (row === undefined ? [] : [row.value]));
      // VS Code tells of a click only where it changes the selection: the next one on the same line has to do so.
      if (rows === undefined && !picker.canSelectMany) picker.selectedItems = [];
      // Of several lines none may be meant.
      if (rows === undefined || (rows.length === 0 && !picker.canSelectMany)) return;
      resolve(rows);
      picker.hide();
    });
    picker.onDidTriggerItemButton(({ button }) => {
      picker.hide();
      if (isRowButton(button)) void button.run();
    });
    picker.onDidHide(() => {
      if (shownPicker === picker) shownPicker = undefined;
      resolve(undefined);
      picker.dispose();
    });
    leavePicker();
    shownPicker = picker;
    picker.show();
  });
}

function isRowButton(button: vscode.QuickInputButton): button is vscode.QuickInputButton & Pick<RowButton, 'run'> {
  return 'run' in button && typeof button.run === 'function';
}
