/** Attributes of an element. There is deliberately no way to give it HTML: all text becomes text nodes. */
export interface Attributes {
  readonly class?: string | undefined;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly dir?: 'auto' | undefined;
  readonly role?: string | undefined;
  readonly label?: string | undefined;
  readonly hidden?: boolean | undefined;
}

type Child = Node | string | undefined;

/** An element with attributes and children; undefined children are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  const { label, hidden, ...plain } = attributes;
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) created.setAttribute(name, value);
  if (label !== undefined) created.setAttribute('aria-label', label);
  if (hidden === true) created.setAttribute('aria-hidden', 'true');
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/** A codicon; always beside words, so hidden from screen readers. */
export function icon(id: string): HTMLElement {
  // Ids come from our own tables; anything else must not become another class.
  const [name = '', modifier] = id.replace(/[^a-z0-9~-]/g, '').split('~');
  const spin = modifier === 'spin' ? ' codicon-modifier-spin' : '';
  return element('span', { class: `codicon codicon-${name}${spin}`, hidden: true });
}
