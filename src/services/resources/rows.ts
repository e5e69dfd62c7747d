import type { Account, AccountLevel } from '../../core/account';
import type { ActionId } from '../../core/action';
import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { State } from '../../core/state';
import type { Place, Target } from '../../core/target';
import type { Wording } from '../views/fieldText';
import type { RegionsState } from './accountRegions';
import type { EmptyRegions } from './emptyRegions';
import type { Expansion } from './expansion';
import type { AccountNode, GroupNode, KindNode, MoreNode } from './nodes';
import type { RegionCounts } from './regionCounts';
import type { ShownLists } from './shownLists';
import type { TreeModelOptions } from './treeParts';

/** What can be done with a row; menus follow these, never kinds or clouds. */
export type Ability =
  | 'details'
  | 'script'
  | 'editScript'
  | 'refresh'
  | 'retry'
  | 'loadMore'
  | 'copy'
  | 'address'
  | 'nameAccount'
  | 'reviewGroup'
  | 'response'
  | 'policy'
  | 'editAccount'
  | 'protect'
  | 'diagnose'
  | 'choose'
  | 'stop'
  | 'registered'
  | 'hostResults'
  | 'ownRun'
  | 'clearFilter'
  | 'showEmpty';

/** One row as it is drawn, without VS Code. Texts of a cloud stand in it as plain text. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** A codicon id; never the only sign of anything. */
  readonly icon?: string | undefined;
  readonly tone?: State['tone'] | undefined;
  /** How the account is marked that the row stands below. */
  readonly mark?: Exclude<AccountLevel, 'normal'> | undefined;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string | undefined;
  readonly expand: 'none' | 'collapsed' | 'expanded';
  /** Words for menus, most general first: `resource`, cloud, kind, state. */
  readonly words: readonly string[];
  readonly abilities: readonly Ability[];
  /** Whoever draws the row tells when it comes into sight, once for each text. */
  readonly seen?: string | undefined;
  /** What can be done to the resource now. */
  readonly actions?: readonly ActionId[] | undefined;
  /** The command a click runs, with the row as its argument. */
  readonly click?:
    | 'previewDetails'
    | 'filter'
    | 'retry'
    | 'loadMore'
    | 'loadAll'
    | 'clearFilter'
    | 'showRegions'
    | 'showEmptyRegions'
    | 'openResponse'
    | undefined;
}

/** What rows read of the model that holds them. */
export interface RowModel {
  readonly lists: ShownLists;
  readonly expansion: Expansion;
  readonly counts: Pick<RegionCounts, 'draw'>;
  readonly empty: Pick<EmptyRegions, 'count'>;
  regionsOf(accountId: string): RegionsState;
  regionName(place: Place): string;
  /** Why the rows of an account or a list could not be read; undefined when they could. */
  failure(node: AccountNode | KindNode): CloudError | undefined;
  /** How many rows of a list or a group stand in the tree, and how many are known. */
  shown(node: MoreNode | KindNode | GroupNode): { readonly drawn: number; readonly known: number };
}

/** What rows are drawn from. */
export interface RowContext extends Wording, Omit<TreeModelOptions, 'language' | 'problems' | 'workspace'> {
  readonly model: RowModel;
  /** Where a resource is, where rows of several places stand side by side. */
  readonly where?: (target: Target) => readonly string[];
  /** Whether an account can be renamed and removed here. */
  readonly canEdit: (account: Account) => boolean;
}

interface Shown {
  readonly kind: Kind;
  readonly item: Item;
  readonly now: Date;
}

/** A read-only account offers nothing that changes anything; a row a run works on is not offered a second time. */
export function offeredActions({ kind, item, now }: Shown, accountId: string, { accounts }: RowContext): ActionId[] {
  const level = accounts.get(accountId)?.level;
  if (level === undefined || level === 'readOnly') return [];
  return kind.actions
    .filter(({ offered }) => offered?.(item, now) !== false)
    .flatMap(({ id, row }) => (row === undefined ? [id] : [id, row.command]));
}
