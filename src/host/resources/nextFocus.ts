import { window, type TreeView } from 'vscode';
import { targetKey } from '../../core/target';
import type { Gate } from '../../services/actions/gate';
import { nextRow } from '../../services/resources/nextRow';
import type { ResourceNode } from '../../services/resources/nodes';
import { DisposableStore, type Disposable } from '../../util/lifecycle';
import type { ActedIn, ActedView } from './actedIn';

export interface NextFocusOptions {
  readonly gate: Pick<Gate, 'onDidStart'>;
  readonly actedIn: ActedIn;
  readonly view: ActedView;
  readonly treeView: Pick<TreeView<unknown>, 'reveal' | 'selection'>;
}

/**
 * Where a row goes because of what was done to it, the next one has the focus, so that the keyboard goes on from there.
 * Not where it was done elsewhere, or the person has turned to an editor meanwhile.
 */
export class NextFocus<N extends { readonly type: string }> implements Disposable {
  private readonly store = new DisposableStore();
  private readonly below = new WeakMap<object, readonly N[]>();
  private readonly acted = new Set<string>();
  /** What was selected when the run began: a keyboard goes on to other rows without selecting them. */
  private selected: ReadonlySet<unknown> = new Set();

  constructor(private readonly options: NextFocusOptions) {
    const { gate, actedIn, view, treeView } = options;
    const turnAway = (): void => this.acted.clear();
    this.store.add(
      gate.onDidStart(({ plan: { groups } }) => {
        if (!actedIn.is(view)) return;
        this.selected = new Set(treeView.selection);
        for (const { targets } of groups) for (const { target } of targets) this.acted.add(targetKey(target));
      }),
    );
    this.store.add(window.onDidChangeActiveTextEditor((editor) => editor && turnAway()));
    // A change without a kind is made by code.
    this.store.add(window.onDidChangeTextEditorSelection(({ kind }) => kind && turnAway()));
  }

  /** Told of the rows of a list whenever VS Code reads them, and of the row above it where it has one. */
  drawn(above: N | undefined, rows: readonly N[]): void {
    this.options.actedIn.drew(this.options.view, rows);
    const list = above ?? this;
    const before = this.below.get(list);
    this.below.set(list, rows);
    if (before === undefined || this.acted.size === 0) return;
    const gone = this.goneOf(before, rows);
    if (gone.size === 0) return;
    const resources = new Set(rows.filter((row) => isResource(row) && !this.wasActedOn(row)));
    for (const row of gone) if (isResource(row)) this.acted.delete(targetKey(row.target));
    const next = nextRow(before, gone, resources) ?? above;
    // Focus only: a row that nobody selected must not be among those that are acted on next.
    const reveal = async (): Promise<void> => {
      if (next !== undefined) await this.options.treeView.reveal(next, { select: false, focus: true });
    };
    void reveal().catch(() => undefined);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The rows that went because of what was done to them; none where another row was selected meanwhile. */
  private goneOf(before: readonly N[], after: readonly N[]): ReadonlySet<N> {
    const stays = new Set(after);
    const gone = new Set(before.filter((row) => !stays.has(row) && this.wasActedOn(row)));
    // A click with the other button selects none.
    const fine: ReadonlySet<unknown> = new Set([...gone, ...this.selected]);
    return this.options.treeView.selection.every((row) => fine.has(row)) ? gone : new Set();
  }

  private wasActedOn(row: N): boolean {
    return isResource(row) && this.acted.has(targetKey(row.target));
  }
}

/** The rows of both views that stand for a resource are of one type. */
function isResource(row: { readonly type: string }): row is ResourceNode {
  return row.type === 'resource';
}
