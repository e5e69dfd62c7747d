/** Elements by the data they were made of, so that what has not changed is not made again. */
export class Kept<T> {
  private known = new Map<string, { readonly data: string; readonly element: HTMLElement }>();

  constructor(private readonly make: (item: T) => HTMLElement) {}

  /** The elements of these items; those of the last time where nothing of an item has changed. */
  of(items: readonly T[], keyOf: (item: T) => string): HTMLElement[] {
    const next = new Map<string, { readonly data: string; readonly element: HTMLElement }>();
    const elements = items.map((item) => {
      const [key, data] = [keyOf(item), JSON.stringify(item)];
      const before = this.known.get(key);
      const entry = before?.data === data ? before : { data, element: this.make(item) };
      next.set(key, entry);
      return entry.element;
    });
    this.known = next;
    return elements;
  }
}

/**
 * Makes these the children, and moves only what is not in its place: a press or a selection that is under way in one
 * that stays is not lost. What has the focus has it again where it was made anew.
 */
export function sync(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const focused = focusIn(parent);
  const wanted = new Set<Node>(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    const there = parent.childNodes[index];
    if (there !== child) parent.insertBefore(child, there ?? null);
  });
  if (focused !== undefined && focusIn(parent) !== focused)
    [...parent.querySelectorAll<HTMLElement>('[data-focus]')].find((one) => one.dataset['focus'] === focused)?.focus();
}

function focusIn(parent: HTMLElement): string | undefined {
  const active = document.activeElement;
  return active instanceof HTMLElement && parent.contains(active) ? active.dataset['focus'] : undefined;
}
