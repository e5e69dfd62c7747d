import { Emitter, type Disposable } from '../../util/lifecycle';
import type { RowsInSight, Sight } from '../inventory/transientRows';
import type { Busy } from '../views/busy';
import type { Expansion } from './expansion';
import { groupsOf } from './groupNode';
import type { Node } from './nodes';
import type { ShownList } from './shownList';
import type { TreeParts } from './treeParts';

export interface SightParts extends Pick<TreeParts, 'lists' | 'order' | 'keep'> {
  readonly expansion: Expansion;
  readonly busy: Busy;
}

/** The rows that are drawn below lists that are open, while the view is on screen. */
export class DrawnSight implements Sight, Disposable {
  private shown = false;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly parts: SightParts) {
    const tell = (): void => this.drawn();
    this.subscriptions = [parts.busy.onDidChange(tell), parts.expansion.onDidChange(tell)];
  }

  get isVisible(): boolean {
    return this.shown;
  }

  /** Says whether the view is on screen. */
  show(isVisible: boolean): void {
    if (this.shown === isVisible) return;
    this.shown = isVisible;
    this.changed.fire();
  }

  /** Other rows than before may be drawn. */
  drawn(): void {
    if (this.shown) this.changed.fire();
  }

  *rows(): Iterable<RowsInSight> {
    if (!this.shown) return;
    for (const list of this.parts.lists.all()) {
      const { place, kind } = list.node;
      if (this.isOpen(list)) yield { place, kind, ids: this.idle(list) };
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private isOpen({ node, kind }: ShownList): boolean {
    const { place } = node;
    // An account can be open without anybody having opened it; what is below it cannot.
    if (this.parts.expansion.of({ type: 'account', accountId: place.accountId }) === 'collapsed') return false;
    const above: readonly Node[] = [{ type: 'region', place }, node];
    return kind !== undefined && above.every((one) => this.isExpanded(one));
  }

  private isExpanded(node: Node): boolean {
    return this.parts.expansion.of(node) === 'expanded';
  }

  /** The rows that no run works on: a run reads what it works on itself. */
  private *idle(list: ShownList): Iterable<string> {
    const { place, kind } = list.node;
    const groups = groupsOf(list, this.parts).filter((group) => this.isExpanded(group));
    for (const above of list.grouping === undefined ? [list.node] : groups)
      for (const id of list.drawn.ids(above)) if (this.parts.busy.doing({ ...place, kind, id }) === undefined) yield id;
  }
}
