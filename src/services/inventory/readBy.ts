import type { KeyOwner } from './keyOwners';
import type { Listing } from './listing';

/** Whose keys read the rows that are in no list any more, or in none yet: by list and id. */
export class ReadBy {
  private readonly owners = new Map<string, Map<string, KeyOwner>>();

  /** Rows that were found outside of their lists. */
  note(list: string, ids: Iterable<string>, owner: KeyOwner | undefined): void {
    if (owner === undefined) return;
    const known = this.owners.get(list) ?? new Map<string, KeyOwner>();
    for (const id of ids) known.set(id, owner);
    this.owners.set(list, known);
  }

  /** The rows of lists that are forgotten. */
  noteAll(list: string, listings: Iterable<Listing>): void {
    for (const { items, readBy } of listings) this.note(list, items.keys(), readBy);
  }

  of(list: string, id: string): KeyOwner | undefined {
    return this.owners.get(list)?.get(id);
  }
}
