import type { ResultRequest } from '../../core/resultProtocol';
import { element, icon } from '../dom';

/** What a press asks for; `from` is what was pressed. */
export type Ask = (request: ResultRequest, from: HTMLElement) => void;

export interface ButtonParts {
  readonly label: string;
  readonly icon?: string | undefined;
  readonly class?: string | undefined;
  /** The same text for the same button, however often it is drawn. */
  readonly focus: string;
  /** Why it cannot be pressed now. */
  readonly disabled?: string | undefined;
  readonly isPressed?: boolean | undefined;
  /** What screen readers say instead of the label. */
  readonly spoken?: string | undefined;
  readonly press: (from: HTMLElement) => void;
}

export function button(parts: ButtonParts): HTMLButtonElement {
  const made = element(
    'button',
    { class: parts.class, title: parts.disabled, label: parts.spoken },
    parts.icon === undefined ? undefined : icon(parts.icon),
    parts.label,
  );
  made.type = 'button';
  made.dataset['focus'] = parts.focus;
  if (parts.isPressed !== undefined) made.setAttribute('aria-pressed', String(parts.isPressed));
  // Not `disabled`: the button keeps its place in the order of focus, and its reason can be read.
  if (parts.disabled !== undefined) made.setAttribute('aria-disabled', 'true');
  else made.addEventListener('click', () => parts.press(made));
  return made;
}

/** A text with an icon that says the same. */
export function marked(
  { icon: id, tone }: { readonly icon: string; readonly tone: string },
  text: string,
  tag: 'p' | 'span' | 'h3' = 'span',
): HTMLElement {
  return element(tag, { class: `marked ${tone}` }, icon(id), element('span', { dir: 'auto' }, text));
}
