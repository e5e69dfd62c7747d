import type { DetailsButton, DetailsField, DetailsSection, DetailsView, PanelRequest } from '../core/panelProtocol';
import { element, icon } from './dom';
import { folded } from './shownFields';

/** What a press of a button asks for; `from` is the button. */
export type Ask = (request: PanelRequest, from: HTMLElement) => void;

/** What stands above the fields. Every text is a text node, whatever stands in it. */
export function renderHead(view: DetailsView, ask: Ask): HTMLElement[] {
  return [header(view), actions(view, ask)];
}

/** What a person sees of the fields, and what happens when a long value is unfolded or folded. */
export interface Unfolding {
  readonly unfolded: ReadonlySet<string>;
  /** Something is looked for: what is found must be seen. */
  readonly all: boolean;
  readonly toggle: (name: string) => void;
}

export function renderSections(
  sections: readonly DetailsSection[],
  view: DetailsView,
  ask: Ask,
  unfolding: Unfolding,
): HTMLElement[] {
  return sections.map((section) => sectionOf(section, { view, ask, unfolding }));
}

interface Drawing {
  readonly view: DetailsView;
  readonly ask: Ask;
  readonly unfolding: Unfolding;
}

function header(view: DetailsView): HTMLElement {
  const { state, notice, busy } = view.status;
  return element(
    'header',
    {},
    element('h1', { dir: 'auto' }, view.title),
    element('p', { class: 'place' }, ...view.place.map((part) => element('span', { dir: 'auto' }, part))),
    state &&
      element('p', { class: `state ${state.tone}` }, icon(state.icon), element('span', { dir: 'auto' }, state.label)),
    notice &&
      element(
        'p',
        { class: `notice ${notice.tone}`, role: notice.tone === 'bad' ? 'alert' : 'status' },
        icon(notice.icon),
        element('span', { dir: 'auto' }, notice.text),
      ),
    busy ? element('div', { class: 'progress', hidden: true }) : undefined,
    view.age && element('p', { class: 'age', title: view.age.hover }, view.age.text),
  );
}

function actions(view: DetailsView, ask: Ask): HTMLElement {
  return element(
    'div',
    { class: 'actions', role: 'group', label: view.title },
    ...view.buttons.map((one) => action(one, ask)),
  );
}

function action(shown: DetailsButton, ask: Ask): HTMLElement {
  const { request, label, icon: id, disabled, isDestructive } = shown;
  const button = element(
    'button',
    { class: isDestructive === true ? 'danger' : request === 'act' ? 'act' : undefined, title: disabled },
    id === undefined ? undefined : icon(id),
    label,
  );
  button.type = 'button';
  button.dataset['focus'] = `action ${request} ${shown.action ?? ''}`;
  // Not `disabled`: the button keeps its place in the order of focus, and its reason can be read.
  if (disabled !== undefined) button.setAttribute('aria-disabled', 'true');
  else button.addEventListener('click', () => ask(requestOf(shown), button));
  return button;
}

function requestOf({ request, text = '', action: id = '' }: DetailsButton): PanelRequest {
  if (request === 'copyId') return { name: 'copy', text };
  return request === 'act' ? { name: 'act', action: id } : { name: request };
}

function sectionOf(section: DetailsSection, drawing: Drawing): HTMLElement {
  const rows = section.fields.map((field) => fieldRow(field, drawing));
  const heading = element('h2', {}, section.heading);
  return element('section', { label: section.heading }, heading, element('dl', {}, ...rows));
}

function fieldRow(field: DetailsField, { view, ask, unfolding }: Drawing): HTMLElement {
  const fold = folded(field.value);
  const isOpen = unfolding.all || unfolding.unfolded.has(field.name);
  const value = fold === undefined || isOpen ? field.value : fold.value;
  return element(
    'div',
    { class: 'field' },
    element('dt', { title: field.name, dir: 'auto' }, field.label),
    element(
      'dd',
      {},
      element(
        'div',
        { class: 'content' },
        valueOf(value, view),
        fold === undefined || unfolding.all ? undefined : foldButton(field, { isOpen, of: fold.of }, view, unfolding),
      ),
      field.copy === undefined ? undefined : copyButton(field, field.copy, view, ask),
    ),
  );
}

function foldButton(
  { name }: DetailsField,
  { isOpen, of }: { readonly isOpen: boolean; readonly of: number },
  { words }: DetailsView,
  { toggle }: Unfolding,
): HTMLElement {
  const text = isOpen ? words.showLess : words.showAll.replace('{0}', String(of));
  const button = element('button', { class: 'fold' }, text);
  button.type = 'button';
  button.setAttribute('aria-expanded', String(isOpen));
  button.dataset['focus'] = `fold ${name}`;
  button.addEventListener('click', () => toggle(name));
  return button;
}

function valueOf(value: DetailsField['value'], view: DetailsView): HTMLElement {
  switch (value.type) {
    case 'text': {
      const raw = value.raw === undefined ? undefined : view.words.raw.replace('{0}', () => value.raw ?? '');
      return element('span', { class: 'value', dir: 'auto', title: raw }, value.text);
    }
    case 'missing':
      return element('span', { class: 'value missing', title: view.words.missing }, value.text);
    case 'list':
      return element('ul', { class: 'value' }, ...value.items.map((item) => element('li', { dir: 'auto' }, item)));
    case 'tags':
      return element(
        'ul',
        { class: 'value tags' },
        ...value.tags.map(({ key, value: text }) =>
          element('li', { dir: 'auto' }, text === '' ? key : `${key}: ${text}`),
        ),
      );
    default: {
      const never: never = value;
      return never;
    }
  }
}

function copyButton(field: DetailsField, text: string, view: DetailsView, ask: Ask): HTMLElement {
  const label = view.words.copyField.replace('{0}', () => field.label);
  const button = element('button', { class: 'copy', label, title: label }, icon('copy'));
  button.type = 'button';
  button.dataset['focus'] = `copy ${field.name}`;
  button.addEventListener('click', () => ask({ name: 'copy', text }, button));
  return button;
}
