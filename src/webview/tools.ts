import type { DetailsView } from '../core/panelProtocol';
import { element } from './dom';
import type { Wanted } from './shownFields';

/** The box and the switch above the fields; they stay the same elements, so that typing is not disturbed by news. */
export class Tools {
  readonly root: HTMLElement;
  private readonly box = element('input', { class: 'filter' });
  private readonly check = element('input', {});
  private readonly checkText = element('span', {});
  private readonly found = element('p', { class: 'found', role: 'status' });

  constructor(wanted: Wanted, changed: () => void) {
    this.box.type = 'search';
    this.box.value = wanted.filter;
    this.check.type = 'checkbox';
    this.check.checked = wanted.empty;
    this.box.dataset['focus'] = 'filter';
    this.check.dataset['focus'] = 'empty';
    this.box.addEventListener('input', changed);
    this.check.addEventListener('change', changed);
    this.root = element(
      'div',
      { class: 'tools', role: 'search' },
      this.box,
      element('label', {}, this.check, this.checkText),
      this.found,
    );
  }

  get wanted(): Wanted {
    return { filter: this.box.value, empty: this.check.checked };
  }

  /** Says what is left of the fields. */
  show({ words, sections }: DetailsView, { count, empty }: { readonly count: number; readonly empty: number }): void {
    this.root.hidden = sections.length === 0;
    this.box.placeholder = words.filter;
    this.box.setAttribute('aria-label', words.filter);
    this.checkText.textContent = words.showEmpty.replace('{0}', String(empty));
    const isFiltered = this.box.value.trim() !== '';
    this.found.textContent = !isFiltered
      ? ''
      : count === 0
        ? words.noMatch
        : words.matches.replace('{0}', String(count));
  }
}
