/** A row of a tree as it is shown. */
export interface TreeRow {
  readonly index: number;
  /** 1 for the roots. */
  readonly level: number;
  readonly label: string;
  readonly description: string;
  /** Undefined for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** The whole row as a screen reader says it. */
  readonly spoken: string;
}

/** The row a path of labels leads to, in rows listed from top to bottom. */
export function rowAt(rows: readonly TreeRow[], path: readonly string[]): TreeRow | undefined {
  let found: TreeRow | undefined;
  for (const [depth, label] of path.entries()) {
    const start = found === undefined ? 0 : rows.indexOf(found) + 1;
    found = childWith(rows.slice(start), { level: depth + 1, label });
    if (found === undefined) {
      return undefined;
    }
  }
  return found;
}

function childWith(
  rows: readonly TreeRow[],
  wanted: { readonly level: number; readonly label: string },
): TreeRow | undefined {
  for (const row of rows) {
    if (row.level < wanted.level) {
      return undefined;
    }
    if (row.level === wanted.level && row.label === wanted.label) {
      return row;
    }
  }
  return undefined;
}

/** Runs inside the page, on the elements of the rows. */
export function readRows(elements: Element[]): (TreeRow & { last: boolean })[] {
  return elements
    .map((element) => ({
      index: Number(element.getAttribute('data-index')),
      level: Number(element.getAttribute('aria-level')),
      label: element.querySelector('.label-name')?.textContent ?? '',
      description: element.querySelector('.label-description')?.textContent ?? '',
      expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
      selected: element.getAttribute('aria-selected') === 'true',
      spoken: element.getAttribute('aria-label') ?? '',
      // VS Code does not mark a row that becomes the last one by a collapse: the rows fill their box to its end.
      last:
        element.getAttribute('data-last-element') === 'true' ||
        Math.ceil(element.getBoundingClientRect().bottom) >=
          Math.floor(element.parentElement?.getBoundingClientRect().bottom ?? Infinity),
    }))
    .sort((a, b) => a.index - b.index);
}
