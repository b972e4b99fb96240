import * as vscode from 'vscode';
import type { RefetchClock } from '../refetch.ts';
import type { Element } from './elements.ts';
import { PacedChanges } from './pacedChanges.ts';
import { type Aim, SettledRows } from './settledRows.ts';
import { toTreeItem } from './toTreeItem.ts';
import { treeDiff } from './treeDiff.ts';
import { rowId, type TreeNode } from './treeNode.ts';

export interface RowTreeSource {
  /** Fetches the first rows and shows them. Asked when VS Code wants rows and none were shown so far. */
  load(): Promise<void>;
  /** Fetches what is below a row whose children are not loaded, and shows it. */
  loadBelow(element: Element): Promise<void>;
  tooltip(element: Element, cancel: vscode.CancellationToken): Promise<vscode.MarkdownString | undefined>;
}

/** Between selecting a row and its command lie two messages between processes. A person takes longer to press Enter. */
const holdMs = 500;

/**
 * Shows a tree of rows and tells VS Code only what changed. VS Code knows rows by their element objects, so that a row
 * keeps its object for as long as it is there.
 */
export class RowTree implements vscode.TreeDataProvider<Element> {
  private readonly source: RowTreeSource;
  private readonly clock: RefetchClock;
  /** What a click on a row runs. */
  private readonly openRow: string;
  /** Named by keys of the manifest. */
  private readonly holdRow: string;
  private heldUntil = 0;
  private readonly changed = new vscode.EventEmitter<Element[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly paced: PacedChanges;
  private readonly settled = new SettledRows();
  private roots: TreeNode[] | undefined;
  private places = new Map</* row id */ string, { node: TreeNode; parent: TreeNode | undefined }>();

  /** `view` is the id of the view: `panopticon.agents`. */
  constructor(view: string, source: RowTreeSource, clock: RefetchClock) {
    this.source = source;
    this.paced = new PacedChanges((rows) => this.tell(rows), clock);
    this.clock = clock;
    this.openRow = `${view}.openRow`;
    this.holdRow = `${view}.holdRow`;
  }

  /** Registers the commands that VS Code runs for the rows of this view. */
  serve(view: Pick<vscode.TreeView<Element>, 'selection'>): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.commands.registerCommand(this.openRow, () => this.open(view.selection)),
      vscode.commands.registerCommand(this.holdRow, () => this.hold()),
    );
  }

  /** A key is about to select the row that has the focus, to act on it: VS Code opens what it selects by a key. */
  private hold(): void {
    this.heldUntil = this.clock.monotonicMs() + holdMs;
  }

  /** Does what a click on the selected row does. */
  private async open([element]: readonly Element[]): Promise<void> {
    const isHeld = this.clock.monotonicMs() < this.heldUntil;
    this.heldUntil = 0;
    if (isHeld) return;
    const node = element === undefined ? undefined : this.places.get(rowId(element))?.node;
    if (node?.command !== undefined) await vscode.commands.executeCommand(node.command.id, node.element);
  }

  /** From here on these are the rows. */
  show(roots: TreeNode[]): void {
    const before = this.roots;
    this.place(roots);
    this.settled.show(roots, this.clock.monotonicMs());
    this.roots = roots;
    const diff = before === undefined ? 'all' : treeDiff(before, roots);
    this.paced.add(diff);
  }

  /** The element of a row that is shown now. */
  element(id: string): Element | undefined {
    return this.places.get(id)?.node.element;
  }

  /** Whether a person who clicks this of the row now can have seen what it says now. */
  hasSettled(id: string, aim: Aim): boolean {
    return this.settled.has(id, aim, this.clock.monotonicMs());
  }

  getTreeItem(element: Element): vscode.TreeItem {
    const node = this.places.get(rowId(element))?.node;
    // A row that has gone is asked for when VS Code is still about to draw it.
    return node === undefined ? new vscode.TreeItem('') : toTreeItem(node, this.openRow);
  }

  async getChildren(element?: Element): Promise<Element[]> {
    if (element === undefined) {
      if (this.roots === undefined) await this.source.load();
      return (this.roots ?? []).map((node) => node.element);
    }
    const id = rowId(element);
    if (this.places.get(id)?.node.children === 'unloaded') await this.source.loadBelow(element);
    const children = this.places.get(id)?.node.children;
    return Array.isArray(children) ? children.map((node) => node.element) : [];
  }

  getParent(element: Element): Element | undefined {
    return this.places.get(rowId(element))?.parent?.element;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: Element,
    cancel: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await this.source.tooltip(element, cancel);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.paced.dispose();
    this.changed.dispose();
  }

  private tell(rows: readonly string[] | 'all'): void {
    if (rows === 'all') this.changed.fire(undefined);
    else this.changed.fire(rows.map((id) => this.element(id)).filter((each) => each !== undefined));
  }

  /** What a row stood for before stands for it again, with what is new. */
  private place(roots: readonly TreeNode[]): void {
    const before = this.places;
    this.places = new Map();
    const visit = (nodes: readonly TreeNode[], parent: TreeNode | undefined): void => {
      for (const node of nodes) {
        const id = rowId(node.element);
        const known = before.get(id)?.node.element;
        if (known !== undefined) node.element = Object.assign(known, node.element);
        this.places.set(id, { node, parent });
        if (Array.isArray(node.children)) visit(node.children, node);
      }
    };
    visit(roots, undefined);
  }
}
