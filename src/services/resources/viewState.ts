import * as z from 'zod/mini';
import { kindIds, type KindId } from '../../core/target';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Memory } from '../accounts/ports';
import { parseFilter, type RowFilter } from '../inventory/filter';
import { parseGrouping, type Grouping } from './grouping';

/** What of an account is not shown. */
export interface Hidden {
  readonly regions: readonly string[];
  readonly kinds: readonly KindId[];
}

/** What the view shows differently from now on. */
export type ViewChange =
  { readonly what: 'filter' | 'grouping' | 'empty' } | { readonly what: 'hidden'; readonly accountId: string };

export interface RowViewOptions {
  /** Filter and grouping belong to the work at hand. */
  readonly workspace: Memory;
  /** What is hidden belongs to the account, wherever it is looked at. */
  readonly everywhere: Memory;
}

const keys = {
  filter: 'view.filter',
  grouping: 'view.grouping',
  hidden: 'view.hidden',
  hidesEmpty: 'view.hidesEmpty',
} as const;

const hiddenSchema = z.object({
  regions: z.array(z.string()),
  kinds: z.array(z.enum(kindIds)),
});
const nothing: Hidden = { regions: [], kinds: [] };

/** What the user wants to see: the filter, the grouping and what is hidden. What was kept and is no such thing is dropped. */
export class RowView implements Disposable {
  private shownFilter: RowFilter | undefined;
  private shownGrouping: Grouping | undefined;
  private areEmptyHidden: boolean;
  private readonly hiddenOf: Map<string, Hidden>;
  private readonly changed = new Emitter<ViewChange>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: RowViewOptions) {
    this.shownFilter = parseFilter(options.workspace.get(keys.filter));
    this.shownGrouping = parseGrouping(options.workspace.get(keys.grouping));
    this.areEmptyHidden = options.everywhere.get(keys.hidesEmpty) === true;
    this.hiddenOf = readHidden(options.everywhere.get(keys.hidden));
  }

  get filter(): RowFilter | undefined {
    return this.shownFilter;
  }

  get grouping(): Grouping | undefined {
    return this.shownGrouping;
  }

  /** Whether regions are left out of which it is known that nothing is in them. */
  get hidesEmpty(): boolean {
    return this.areEmptyHidden;
  }

  hidden(accountId: string): Hidden {
    return this.hiddenOf.get(accountId) ?? nothing;
  }

  /** Shows the rows as the filter would have them, without keeping it. */
  preview(filter: RowFilter | undefined): void {
    const next = parseFilter(filter);
    if (JSON.stringify(next) === JSON.stringify(this.shownFilter)) return;
    this.shownFilter = next;
    this.changed.fire({ what: 'filter' });
  }

  /** Filters the rows and keeps the filter for the workspace; undefined shows all. */
  async setFilter(filter: RowFilter | undefined): Promise<void> {
    this.preview(filter);
    await this.options.workspace.set(keys.filter, this.shownFilter);
  }

  /** Groups the rows and keeps that for the workspace; undefined for no groups. */
  async setGrouping(grouping: Grouping | undefined): Promise<void> {
    if (grouping !== this.shownGrouping) {
      this.shownGrouping = grouping;
      this.changed.fire({ what: 'grouping' });
    }
    await this.options.workspace.set(keys.grouping, grouping);
  }

  /** Leaves out regions of which it is known that nothing is in them, or shows them again. */
  async hideEmpty(hides: boolean): Promise<void> {
    if (hides !== this.areEmptyHidden) {
      this.areEmptyHidden = hides;
      this.changed.fire({ what: 'empty' });
    }
    await this.options.everywhere.set(keys.hidesEmpty, hides);
  }

  /** Hides regions or kinds of an account; what is left out of `change` stays as it is. */
  async hide(accountId: string, change: Partial<Hidden>): Promise<void> {
    this.hiddenOf.set(accountId, { ...this.hidden(accountId), ...change });
    this.changed.fire({ what: 'hidden', accountId });
    await this.options.everywhere.set(keys.hidden, Object.fromEntries(this.hiddenOf));
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Account by account: one that is broken does not unhide what others hide. */
function readHidden(value: unknown): Map<string, Hidden> {
  const accounts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(
    accounts.flatMap(([id, hidden]) => {
      const parsed = hiddenSchema.safeParse(hidden);
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}
