import type { HostRow, ResultDoing, ResultView, ResultWords } from '../../core/resultProtocol';
import { element } from '../dom';
import { button, marked, type Ask } from './parts';
import { Kept, sync } from './sync';

/** The hosts, a row each, of which some can be chosen. */
export class HostTable {
  readonly root = element('div', { class: 'hosts' });
  private readonly chosen = new Set<string>();
  private readonly tools = element('div', { class: 'actions', role: 'group' });
  private readonly table = element('table', {});
  private readonly headings = element('thead', {});
  private readonly body = element('tbody', {});
  private readonly rows = new Kept<HostRow>((row) => this.row(row));
  private readonly chosenCount = element('span', {});
  private readonly buttons = {
    open: this.doing('open', 'go-to-file'),
    compare: this.doing('compare', 'diff'),
    mark: this.doing('mark', 'target'),
    decode: this.doing('decode', 'symbol-string'),
  };
  private words: ResultWords | undefined;

  constructor(private readonly ask: Ask) {
    this.table.append(this.headings, this.body);
    this.root.append(this.tools, this.table);
    this.table.addEventListener('keydown', (event) => this.moved(event));
  }

  show({ hosts, words, allHosts }: ResultView): void {
    this.words = words;
    const shown = new Set(hosts.map(({ key }) => key));
    for (const key of this.chosen) if (!shown.has(key)) this.chosen.delete(key);
    this.table.setAttribute('aria-label', words.hosts);
    this.table.setAttribute('aria-rowcount', String(allHosts + 1));
    this.headings.replaceChildren(headingsOf(words));
    sync(
      this.body,
      this.rows.of(hosts, ({ key }) => key),
    );
    this.drawTools();
  }

  /** The one button that does this to the hosts that are chosen. */
  private doing(doing: ResultDoing, icon: string): (label: string) => HTMLElement {
    let made: HTMLElement | undefined;
    return (label) =>
      (made ??= button({
        label,
        icon,
        focus: `chosen ${doing}`,
        press: (from) => this.ask({ name: 'hosts', do: doing, hosts: [...this.chosen] }, from),
      }));
  }

  private row(host: HostRow): HTMLElement {
    const { key, name, place, state, exitCode, duration, firstLine, note } = host;
    const { words } = this;
    const choose = element('input', { label: words?.choose.replace('{0}', () => name) });
    choose.type = 'checkbox';
    choose.checked = this.chosen.has(key);
    choose.dataset['focus'] = `choose ${key}`;
    choose.addEventListener('change', () => this.choose(key, choose.checked));
    const open = button({
      label: name,
      class: 'link',
      focus: `open ${key}`,
      spoken: `${words?.open ?? ''}: ${name}`,
      press: (from) => this.ask({ name: 'hosts', do: 'open', hosts: [key] }, from),
    });
    const heading = element('th', {}, open, element('span', { class: 'place', dir: 'auto' }, place));
    heading.scope = 'row';
    const cell = (text: string, label: string | undefined): HTMLElement => {
      const made = element('td', { dir: 'auto', class: text === '' ? 'empty' : undefined }, text);
      // Told in a narrow window, where there are no headings.
      made.dataset['label'] = label;
      return made;
    };
    return element(
      'tr',
      {},
      element('td', {}, choose),
      heading,
      element('td', {}, marked(host, state)),
      cell(exitCode, words?.exitCode),
      cell(duration, words?.duration),
      element('td', { class: 'said', dir: 'auto' }, firstLine === '' ? note : firstLine),
    );
  }

  private choose(key: string, isChosen: boolean): void {
    if (isChosen) this.chosen.add(key);
    else this.chosen.delete(key);
    this.drawTools();
  }

  private drawTools(): void {
    const { words, chosen } = this;
    if (words === undefined) return;
    const hosts = [...chosen];
    const count = words.chosen.replace('{0}', String(hosts.length));
    this.tools.setAttribute('aria-label', count);
    this.chosenCount.textContent = count;
    const shown = [
      this.buttons.open(words.open),
      ...(hosts.length === 2 ? [this.buttons.compare(words.compareHosts)] : []),
      this.buttons.mark(words.mark),
      this.buttons.decode(words.decode),
    ];
    sync(this.tools, hosts.length === 0 ? [] : [this.chosenCount, ...shown]);
  }

  /** Up and down go to the same part of the next row. */
  private moved(event: KeyboardEvent): void {
    const { target, key } = event;
    if ((key !== 'ArrowDown' && key !== 'ArrowUp') || !(target instanceof HTMLElement)) return;
    const row = target.closest('tr');
    const next = key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
    const part = target instanceof HTMLInputElement ? 'input' : 'button';
    const other = next?.querySelector<HTMLElement>(part);
    if (other === null || other === undefined) return;
    event.preventDefault();
    other.focus();
  }
}

function headingsOf(words: ResultWords): HTMLElement {
  const heads = [words.host, words.state, words.exitCode, words.duration, words.firstLine];
  const cells = heads.map((text) => {
    const cell = element('th', {}, text);
    cell.scope = 'col';
    return cell;
  });
  return element('tr', {}, element('td', {}), ...cells);
}
