/**
 * The row that takes the place of rows that go: the next one below them that stays, else the last above them.
 * Undefined where none stays.
 */
export function nextRow<T>(before: readonly T[], gone: ReadonlySet<T>, after: ReadonlySet<T>): T | undefined {
  const last = before.findLastIndex((row) => gone.has(row));
  const stays = (row: T): boolean => after.has(row);
  return before.slice(last + 1).find(stays) ?? before.slice(0, last).findLast(stays);
}
