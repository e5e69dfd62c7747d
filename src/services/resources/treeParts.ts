import type { Kind } from '../../core/kind';
import type { Place } from '../../core/target';
import type { Clock } from '../../util/clock';
import type { Accounts, Clouds, Memory } from '../accounts/ports';
import type { AccountProblem } from '../accounts/ports';
import type { AccountOwners } from '../inventory/accountOwners';
import type { Inventory } from '../inventory/inventory';
import type { Busy } from '../views/busy';
import type { OwnRunBook } from '../views/ownRunBook';
import type { EmptyRegions } from './emptyRegions';
import type { ListSearches } from './listSearch';
import type { MessageNode, Node } from './nodes';
import type { TreeReads } from './reads';
import type { RowOrder } from './rowOrder';
import type { ShownList } from './shownList';
import type { ShownLists } from './shownLists';
import type { RowView } from './viewState';

export interface TreeModelOptions {
  readonly inventory: Inventory;
  readonly owners: Pick<AccountOwners, 'identity' | 'lead' | 'askAlike' | 'onDidChange'>;
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly busy: Busy;
  /** What the user wants to see of it. */
  readonly view: RowView;
  /** Keeps which rows are open. */
  readonly workspace: Memory;
  readonly clock: Clock;
  /** Which records of runs are of runs of ours. */
  readonly ownRuns?: OwnRunBook;
  /** The user's language, for sorting. */
  readonly language: string;
  /** What is wrong with the sources of accounts; each is a row at the top. */
  readonly problems?: () => readonly AccountProblem[];
}

/** What the rows of the Resources view are put together from. */
export interface TreeParts extends Omit<TreeModelOptions, 'language' | 'busy' | 'clock' | 'workspace'> {
  readonly reads: TreeReads;
  readonly searches: ListSearches;
  readonly lists: ShownLists;
  readonly order: RowOrder;
  readonly empty: EmptyRegions;
  /** The one object that stands for a row. */
  readonly keep: <T extends Node>(node: T) => T;
}

/** The kinds of resource that are shown in a place. */
function shownKinds(place: Place, { clouds, view }: Pick<TreeParts, 'clouds' | 'view'>): readonly Kind[] {
  const hidden = view.hidden(place.accountId).kinds;
  return clouds.provider(place.provider).kinds.filter(({ id }) => !hidden.includes(id));
}

/** The lists of a place, without those of which it is known that nothing fits the filter. */
export function shownLists(place: Place, tree: TreeParts): readonly ShownList[] {
  const all = shownKinds(place, tree).map(({ id }) => tree.lists.of({ place, kind: id }));
  for (const list of all) list.wasLeftOut = list.isWithoutMatch;
  return all.filter(({ wasLeftOut }) => wasLeftOut !== true);
}

/** A row that stands in place of others, or above them. */
export function message(tree: TreeParts, parent: MessageNode['parent'], about: MessageNode['about']): MessageNode {
  return tree.keep({ type: 'message', parent, about });
}
