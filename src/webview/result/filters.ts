import type { ResultCount, ResultLook, ResultView } from '../../core/resultProtocol';
import { element } from '../dom';
import { button } from './parts';
import { Kept, sync } from './sync';

/** How long a person may stop typing before hosts are looked for, in milliseconds. */
const typingMs = 200;

/** A state to be looked for, with those that are already; or what clears all of it. */
type Chip =
  | { readonly count: ResultCount; readonly states: readonly string[] }
  | { readonly clear: string; readonly states: readonly string[] };

/** What is looked for: a text, states, and whether names of the hosts' own are masked. */
export class Filters {
  readonly root = element('div', { class: 'tools', role: 'search' });
  private readonly text = element('input', { class: 'filter' });
  private readonly states = element('div', { class: 'states', role: 'group' });
  private readonly chips = new Kept<Chip>((chip) => this.chip(chip));
  private readonly mask = element('input', {});
  private readonly maskLabel = element('span', {});
  private timer: ReturnType<typeof setTimeout> | undefined;
  private now: ResultLook | undefined;

  constructor(private readonly look: (change: Partial<ResultLook>) => void) {
    this.text.type = 'search';
    this.mask.type = 'checkbox';
    this.text.addEventListener('input', () => this.typed());
    this.mask.addEventListener('change', () => this.look({ mask: this.mask.checked, group: undefined }));
    this.root.append(this.text, this.states, element('label', { class: 'mask' }, this.mask, this.maskLabel));
  }

  show({ counts, look, words }: ResultView): void {
    // What is being typed is not overwritten by what was asked before.
    if (this.now === undefined || document.activeElement !== this.text) this.text.value = look.text;
    this.now = look;
    this.text.placeholder = words.filter;
    this.text.setAttribute('aria-label', words.filter);
    this.states.setAttribute('aria-label', words.states);
    this.mask.checked = look.mask;
    this.maskLabel.textContent = words.mask;
    const isFiltered = look.states.length > 0 || look.text !== '' || look.group !== undefined;
    const chips: Chip[] = counts.map((count) => ({ count, states: look.states }));
    const all: Chip = { clear: words.all, states: [] };
    sync(
      this.states,
      this.chips.of(isFiltered ? [...chips, all] : chips, (chip) => ('clear' in chip ? '' : chip.count.label)),
    );
  }

  private chip(chip: Chip): HTMLElement {
    if ('clear' in chip)
      return button({
        label: chip.clear,
        icon: 'clear-all',
        class: 'chip',
        focus: 'state all',
        press: () => {
          this.text.value = '';
          this.look({ states: [], text: '', group: undefined });
        },
      });
    const { label, count, icon, isChosen, tone } = chip.count;
    const next = isChosen ? chip.states.filter((one) => one !== label) : [...chip.states, label];
    return button({
      label: `${label} ${count}`,
      icon,
      class: `chip marked ${tone}`,
      focus: `state ${label}`,
      isPressed: isChosen,
      press: () => this.look({ states: next, group: undefined }),
    });
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look({ text: this.text.value.slice(0, 2_000), group: undefined }), typingMs);
  }
}
