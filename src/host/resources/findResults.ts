import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Accounts } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import type { FindSink, Hit, Miss } from '../../services/inventory/search';
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

type FindBox = Pick<vscode.QuickPick<PickItem<Target>>, 'items' | 'activeItems' | 'busy' | 'placeholder' | 'value'>;

/** How often the list is drawn while hits come in, in milliseconds. */
const drawEveryMs = 150;
const shownAtMost = 500;

/** What a search has found so far, as lines of a box. */
export class FindResults implements FindSink {
  private readonly items: PickItem<Target>[] = [];
  private readonly misses: Miss[] = [];
  private readonly longer = new Set<string>();
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

  hit({ target, item, kind }: Hit): void {
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
    this.drawSoon();
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

  more(place: { readonly region: string }, kind: { readonly many: () => string }): void {
    this.longer.add(`${kind.many()}, ${place.region}`);
    this.drawSoon();
  }

  end(): void {
    this.over = true;
    this.box.busy = false;
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
    const { language } = this.deps;
    const found = formatCount(this.items.length, language);
    this.box.placeholder = this.over
      ? l10n.t('Found: {0}. Choose one to show it', found)
      : l10n.t('Found: {0}. Searched {1} of {2} places', found, this.done, this.total);
    const active = this.box.activeItems;
    this.box.items = [...this.items, ...this.notes()];
    const kept = this.box.items.filter((item) => active.some((one) => isSame(one, item)));
    // Told of none, VS Code would take the mark off the first line as well.
    if (kept.length > 0) this.box.activeItems = kept;
  }

  private notes(): PickItem<Target>[] {
    const note = (icon: string, label: string, more: Partial<PickItem<Target>> = {}): PickItem<Target> => ({
      label: `$(${icon}) ${inLabel(label)}`,
      alwaysShow: true,
      ...more,
    });
    const places = this.misses.map((miss) => this.placeOf(miss));
    return [
      ...(this.over && this.items.length === 0
        ? [note('circle-slash', l10n.t('No results for “{0}”', oneLine(this.text, 60)))]
        : []),
      ...(this.longer.size === 0
        ? []
        : [note('ellipsis', l10n.t('Only the first matches are shown of: {0}', listing([...this.longer], 5)))]),
      ...(this.items.length < shownAtMost
        ? []
        : [note('ellipsis', l10n.t('Only the first {0} are listed.', shownAtMost))]),
      ...(places.length === 0
        ? []
        : [note('warning', l10n.t('Could not be searched: {0}', listing(places, 3)), { retry: true })]),
    ];
  }

  private placeOf({ account, region, kind }: Miss): string {
    if (region === undefined) return account.name;
    const place = { provider: account.provider, accountId: account.id, region };
    return [account.name, this.deps.inventory.regionName(place), kind?.many()].filter(Boolean).join(' · ');
  }
}

/** Lines of hits stay the same objects; the one that tells what was not searched is made anew. */
function isSame(before: PickItem<Target>, now: PickItem<Target>): boolean {
  return before === now || (before.retry === true && now.retry === true);
}
