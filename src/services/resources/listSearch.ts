import { asFailure } from '../../core/asFailure';
import type { Item } from '../../core/item';
import type { Kind, KindSearch } from '../../core/kind';
import type { Clock } from '../../util/clock';
import { matcher, type RowFilter } from '../inventory/filter';
import type { Inventory } from '../inventory/inventory';
import { hasText } from '../inventory/search';
import type { ListSearch, ShownList } from './shownList';
import type { RowView } from './viewState';

export interface ListSearchesOptions {
  readonly inventory: Inventory;
  readonly view: RowView;
  readonly clock: Clock;
  /** The list is to be drawn again. */
  readonly onDidEnd: (list: ShownList) => void;
  /** Shows that something is on its way. */
  readonly track: (reading: Promise<unknown>) => Promise<void>;
}

/** Whoever types is not answered letter by letter, in milliseconds. */
const typingPauseMs = 400;
/** The same as for Find: what has one letter has nearly everything. */
const lettersAtLeast = 2;

/** Asks the cloud for what a text filter would find if the whole list were read. */
export class ListSearches {
  private readonly ended = new AbortController();

  constructor(private readonly options: ListSearchesOptions) {}

  /** Starts asking where it was not asked yet; what is found are rows of the list from then on. */
  start(list: ShownList): void {
    const { filter } = this.options.view;
    const { listing, kind } = list;
    const text = filter?.text?.trim() ?? '';
    if (filter === undefined || listing === undefined || kind?.search === undefined || text.length < lettersAtLeast)
      return;
    if (list.search !== undefined) return;
    const search = kind.search(text);
    if (search.calls.length === 0 && !search.findsAll) return;
    const asking: ListSearch = {
      state: 'asking',
      ids: new Set(),
      isComplete: false,
      filter: JSON.stringify(filter),
      items: undefined,
    };
    list.begin(asking);
    void this.options.track(this.run(list, asking, { search, kind, filter }));
  }

  dispose(): void {
    this.ended.abort();
  }

  private async run(list: ShownList, asking: ListSearch, what: Asked): Promise<void> {
    await this.options.clock.sleep(typingPauseMs, this.ended.signal);
    if (list.search !== asking) return;
    const end = await this.ask(list, what);
    // Another text, or other rows, meanwhile: that is drawn, and asks for itself.
    if (list.search === asking) list.begin(end && { ...asking, ...end, items: list.listing?.items });
    list.forget();
    this.options.onDidEnd(list);
  }

  private async ask({ node, narrowing }: ShownList, { search, kind, filter }: Asked): Promise<End | undefined> {
    const { inventory } = this.options;
    const { place } = node;
    try {
      const fits = fitting(filter, kind, this.options.clock.now());
      const found = new Map<string, Item>();
      let isAll = search.findsAll;
      for (const params of search.calls) {
        const { items, more } = await inventory.search(place, node.kind, params, { signal: this.ended.signal });
        isAll &&= !more;
        for (const [id, item] of items) if (fits(item)) found.set(id, item);
      }
      const isAdded = inventory.add(place, node.kind, found, narrowing);
      return isAdded ? { state: 'done', ids: new Set(found.keys()), isComplete: isAll } : undefined;
    } catch (error) {
      return { state: 'failed', ids: new Set(), isComplete: false, error: asFailure(error) };
    }
  }
}

interface Asked {
  readonly search: KindSearch;
  readonly kind: Kind;
  readonly filter: RowFilter;
}

type End = Pick<ListSearch, 'state' | 'ids' | 'isComplete' | 'error'>;

/** Whether what the cloud found by the text passes the whole filter. */
function fitting({ text = '', ...rest }: RowFilter, kind: Kind, now: Date): (item: Item) => boolean {
  const others = matcher(rest, kind, now);
  const whole = matcher({ ...rest, text }, kind, now);
  return (item) => whole(item) || (others(item) && hasText(item, text));
}
