const own = new WeakSet<object>();

/** Says that an object is a row of one of our trees; whoever only knows its parts cannot make such an object. */
export function markOwn<T extends object>(rows: readonly T[]): readonly T[] {
  for (const row of rows) own.add(row);
  return rows;
}

/** Whether every value is a row that our trees handed to VS Code, by identity. */
export function areOwn(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'object' && value !== null && own.has(value));
}
