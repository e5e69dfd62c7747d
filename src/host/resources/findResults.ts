import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Accounts } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import type { FindSink, Hit, Miss, More } from '../../services/inventory/search';
import { factsOf } from '../../services/resources/facts';
import type { Clock } from '../../util/clock';
import { formatCount } from '../../util/format';
import { oneLine } from '../../util/plainText';
import { listing } from '../ui/lists';
import { showModal } from '../ui/messages';
import { inLabel } from '../ui/plainText';
import { itemOf, type PickItem } from '../ui/steps';

export interface FindWords {
  readonly accounts: Accounts;
  readonly inventory: Inventory;
  readonly clock: Clock;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}

/** A hit, or what is said below the hits and perhaps done when it is chosen. */
export interface FindLine extends PickItem<Target> {
  readonly does?: 'tellMisses' | 'readRest' | 'showAll';
}

type FindBox = Pick<
  vscode.QuickPick<FindLine>,
  'items' | 'activeItems' | 'selectedItems' | 'canSelectMany' | 'busy' | 'placeholder' | 'value'
>;

/** How often the list is drawn while hits come in, in milliseconds. */
const drawEveryMs = 150;
const shownAtMost = 500;

/** What a search has found so far, as lines of a box. */
export class FindResults implements FindSink {
  private readonly items: FindLine[] = [];
  private readonly targets: Target[] = [];
  private readonly misses: Miss[] = [];
  private longer: readonly More[] = [];
  private drawing = false;
  private done = 0;
  private total = 0;
  private over = false;

  constructor(
    private readonly box: FindBox,
    private readonly text: string,
    private readonly deps: FindWords,
    private readonly signal: AbortSignal,
  ) {
    this.draw();
  }

  /** Everything that was found, listed or not. */
  get all(): readonly Target[] {
    return this.targets;
  }

  hit({ target, item, kind }: Hit): void {
    this.targets.push(target);
    this.drawSoon();
    if (this.items.length >= shownAtMost) return;
    const { accounts, inventory, clock } = this.deps;
    const now = clock.now();
    const where = [accounts.get(target.accountId)?.name ?? target.accountId, inventory.regionName(target), kind.one()];
    const line = itemOf<Target>({
      label: kind.name(item),
      description: [target.id, kind.state(item, now).label(), ...factsOf(kind, item, now)].join(' · '),
      detail: where.join(' · '),
      icon: kind.icon,
      value: target,
    });
    this.items.push({ ...line, alwaysShow: this.box.value === '' });
  }

  miss(miss: Miss): void {
    this.misses.push(miss);
    this.drawSoon();
  }

  progress(done: number, total: number): void {
    this.done = done;
    this.total = total;
    this.drawSoon();
  }

  more(more: More): void {
    this.longer = [...this.longer, more];
    this.drawSoon();
  }

  end(): void {
    this.over = true;
    this.box.busy = false;
    this.draw();
  }

  /** Reads what the clouds did not answer at once; hits go on coming in. Resolves when all is read. */
  async readRest(): Promise<void> {
    const rest = this.longer.flatMap(({ read }) => read ?? []);
    this.longer = this.longer.filter(({ read }) => read === undefined);
    [this.over, this.box.busy] = [false, true];
    this.draw();
    await Promise.all(rest.map((read) => read()));
    this.end();
  }

  /** Several hits can be ticked from now on, or one chosen again. */
  tick(many: boolean): void {
    this.box.canSelectMany = many;
    this.draw();
  }

  /** Every place that could not be searched, and why. */
  tellMisses(): void {
    const lines = this.misses.map((miss) => `${this.placeOf(miss)}: ${miss.error.message}`);
    const detail = lines.slice(0, 20).join('\n');
    void showModal('warning', { message: l10n.t('Not searched: {0}', lines.length), detail, isNotice: true });
  }

  private drawSoon(): void {
    if (this.drawing || this.over) return;
    this.drawing = true;
    const redraw = (): void => (this.over ? undefined : this.draw());
    // Only the person who turns away ends the wait early.
    void this.deps.clock.sleep(drawEveryMs, this.signal).then(redraw, () => undefined);
  }

  private draw(): void {
    this.drawing = false;
    if (this.signal.aborted) return;
    this.box.placeholder = this.placeholder();
    const { activeItems: active, selectedItems: ticked, canSelectMany } = this.box;
    this.box.items = canSelectMany ? [...this.items] : [...this.items, ...this.notes()];
    const kept = this.box.items.filter((item) => active.some((one) => isSame(one, item)));
    // Told of none, VS Code would take the mark off the first line as well.
    if (kept.length > 0) this.box.activeItems = kept;
    if (canSelectMany) this.box.selectedItems = ticked.filter(({ choice }) => choice !== undefined);
  }

  private placeholder(): string {
    const found = formatCount(this.targets.length, this.deps.language);
    if (this.box.canSelectMany) return l10n.t('Found: {0}. Tick those to show in Hosts', found);
    return this.over
      ? l10n.t('Found: {0}. Choose one to show it', found)
      : l10n.t('Found: {0}. Searched {1} of {2} places', found, this.done, this.total);
  }

  private notes(): FindLine[] {
    return [
      ...(this.over && this.targets.length === 0
        ? [note('circle-slash', l10n.t('No results for “{0}”', oneLine(this.text, 60)))]
        : []),
      ...this.longerNotes(),
      ...(this.targets.length <= shownAtMost
        ? []
        : [note('ellipsis', l10n.t('Only the first {0} are listed.', shownAtMost))]),
      ...this.missesNotes(),
      ...(this.targets.length < 2 ? [] : [this.allNote()]),
    ];
  }

  private longerNotes(): FindLine[] {
    if (this.longer.length === 0) return [];
    const places = listing([...new Set(this.longer.map((more) => this.placeOf(more)))], 3);
    const label = l10n.t('Only the first matches are shown of: {0}', places);
    const isReadable = this.longer.some(({ read }) => read !== undefined);
    return [note('ellipsis', label, isReadable ? { detail: l10n.t('Show the rest'), does: 'readRest' } : {})];
  }

  private missesNotes(): FindLine[] {
    if (this.misses.length === 0) return [];
    const places = listing(
      this.misses.map((miss) => this.placeOf(miss)),
      3,
    );
    return [note('warning', l10n.t('Could not be searched: {0}', places), { does: 'tellMisses' })];
  }

  /** The last line: one key goes from the first hit to it. */
  private allNote(): FindLine {
    const count = formatCount(this.targets.length, this.deps.language);
    return note('list-flat', l10n.t('Show all {0} in Hosts', count), { does: 'showAll' });
  }

  private placeOf({ account, region, kind }: Pick<Miss, 'account' | 'region' | 'kind'>): string {
    if (region === undefined) return account.name;
    const place = { provider: account.provider, accountId: account.id, region };
    return [account.name, this.deps.inventory.regionName(place), kind?.many()].filter(Boolean).join(' · ');
  }
}

function note(icon: string, label: string, more: Partial<FindLine> = {}): FindLine {
  return { label: `$(${icon}) ${inLabel(label)}`, alwaysShow: true, ...more };
}

/** Lines of hits stay the same objects; those that do something else are made anew. */
function isSame(before: FindLine, now: FindLine): boolean {
  return before === now || (now.does !== undefined && before.does === now.does);
}
