import { placeKey, placeOf, type KindId, type Place } from '../../core/target';
import type { Clouds } from '../accounts/ports';
import { RowTexts } from '../inventory/filter';
import type { KindNode, ResourceNode } from './nodes';
import type { RowOrder } from './rowOrder';
import { ShownList, type ShownListOptions } from './shownList';

/** One list: a kind of resource in one place. */
export interface ListKey {
  readonly place: Place;
  readonly kind: KindId;
}

export interface ShownListsOptions extends ShownListOptions {
  readonly clouds: Clouds;
}

/** The lists of the view; the same object for the same list. */
export class ShownLists {
  private readonly byKey = new Map<string, ShownList>();
  /** The way from a row that is drawn to its list, without its keys. */
  private readonly byNode = new WeakMap<object, ShownList>();
  private readonly texts = new RowTexts();

  constructor(
    private readonly options: ShownListsOptions,
    private readonly order: RowOrder,
    /** The row of a list: the one object that stands for it. */
    private readonly keep: (node: KindNode) => KindNode,
  ) {}

  of(list: ListKey): ShownList {
    const known = this.byNode.get(list);
    if (known !== undefined) return known;
    const key = `${placeKey(list.place)}/${list.kind}`;
    const shown = this.byKey.get(key) ?? this.create(list);
    this.byKey.set(key, shown);
    return shown;
  }

  /** The list that a row of a resource stands in. */
  ofRow(row: ResourceNode): ShownList {
    return this.byNode.get(row) ?? this.of({ place: placeOf(row.target), kind: row.target.kind });
  }

  /** Gets the text of all known rows ready, bit by bit, so that the first keystroke is as quick as the others. */
  async prepare(): Promise<void> {
    let count = 0;
    for (const { place, kind: id, listing } of [...this.options.inventory.lists()]) {
      const kind = this.options.clouds.kind(place.provider, id);
      for (const item of kind === undefined ? [] : listing.items.values()) {
        if (kind !== undefined) this.texts.of(kind, item);
        if (++count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  all(): Iterable<ShownList> {
    return this.byKey.values();
  }

  forgetAll(): void {
    for (const list of this.byKey.values()) list.forget();
  }

  /** Lets go of the lists of accounts that are not there any more. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    for (const [key, { node }] of this.byKey) {
      if (accountIds.has(node.place.accountId)) continue;
      this.byKey.delete(key);
      this.byNode.delete(node);
    }
  }

  private create({ place, kind }: ListKey): ShownList {
    const { options, order, texts } = this;
    const node = this.keep({ type: 'kind', place, kind });
    const onDidMakeRow = (row: ResourceNode, list: ShownList): void => void this.byNode.set(row, list);
    const list = new ShownList(node, options.clouds.kind(place.provider, kind), {
      ...options,
      order,
      texts,
      onDidMakeRow,
    });
    this.byNode.set(node, list);
    return list;
  }
}
