import { window, type TreeView } from 'vscode';
import { targetKey } from '../../core/target';
import type { Gate } from '../../services/actions/gate';
import { nextRow } from '../../services/resources/nextRow';
import type { Node } from '../../services/resources/nodes';
import { DisposableStore, type Disposable } from '../../util/lifecycle';

export interface NextFocusOptions {
  readonly gate: Pick<Gate, 'onDidStart'>;
  readonly treeView: Pick<TreeView<unknown>, 'reveal' | 'selection'>;
}

/**
 * Where a row goes because of what was done to it, the next one has the focus, so that the keyboard goes on from there. Not where the person has turned to an editor meanwhile.
 */
export class NextFocus implements Disposable {
  private readonly store = new DisposableStore();
  private readonly below = new WeakMap<Node, readonly Node[]>();
  private readonly acted = new Set<string>();
  /** What was selected when the run began: a keyboard goes on to other rows without selecting them. */
  private selected: ReadonlySet<unknown> = new Set();

  constructor(private readonly options: NextFocusOptions) {
    const turnAway = (): void => this.acted.clear();
    this.store.add(
      options.gate.onDidStart(({ plan: { groups } }) => {
        this.selected = new Set(options.treeView.selection);
        for (const { targets } of groups) for (const { target } of targets) this.acted.add(targetKey(target));
      }),
    );
    this.store.add(window.onDidChangeActiveTextEditor((editor) => editor && turnAway()));
    // A change without a kind is made by code.
    this.store.add(window.onDidChangeTextEditorSelection(({ kind }) => kind && turnAway()));
  }

  /** Told of the rows below a row whenever VS Code reads them. */
  drawn(above: Node | undefined, rows: readonly Node[]): void {
    if (above?.type !== 'kind' && above?.type !== 'group') return;
    const before = this.below.get(above);
    this.below.set(above, rows);
    if (before === undefined || this.acted.size === 0) return;
    const gone = this.goneOf(before, rows);
    if (gone.size === 0) return;
    const resources = new Set(rows.filter((row) => row.type === 'resource' && !this.wasActedOn(row)));
    for (const row of gone) if (row.type === 'resource') this.acted.delete(targetKey(row.target));
    // Focus only: a row that nobody selected must not be among those that are acted on next.
    const next = nextRow(before, gone, resources) ?? above;
    void Promise.resolve(this.options.treeView.reveal(next, { select: false, focus: true })).catch(() => undefined);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The rows that went because of what was done to them; none where another row was selected meanwhile. */
  private goneOf(before: readonly Node[], after: readonly Node[]): ReadonlySet<Node> {
    const stays = new Set(after);
    const gone = new Set(before.filter((row) => !stays.has(row) && this.wasActedOn(row)));
    // Every row of the view is one of our nodes. A click with the other button selects none.
    const selected = this.options.treeView.selection as readonly Node[];
    return selected.every((row) => gone.has(row) || this.selected.has(row)) ? gone : new Set();
  }

  private wasActedOn(row: Node): boolean {
    return row.type === 'resource' && this.acted.has(targetKey(row.target));
  }
}
