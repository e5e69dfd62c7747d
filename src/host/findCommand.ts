import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../core/target';
import { find, type Hit, type Miss } from '../services/find';
import { formatCount } from '../util/format';
import type { HostServices } from './hostServices';
import { inLabel, inMessage, oneLine } from './plainText';
import { enterText, itemOf, type PickItem } from './quickSteps';
import { listing } from './words';

/** Finds a resource by id, name or address wherever it is, and shows it in the tree or, failing that, in its details. */
export async function findResource(services: HostServices): Promise<void> {
  for (;;) {
    const asked = await enterText({
      title: l10n.t('Find'),
      prompt: l10n.t('ID, address or part of a name, in all accounts, regions and kinds'),
      validate: (text) => (text.trim().length < 2 ? l10n.t('At least two characters.') : undefined),
    });
    if (asked === 'cancel' || asked === 'back') return;
    const found = await pickHit(asked.value.trim(), services);
    if (found === 'cancel') return;
    if (found !== 'back') return showHit(found, services);
  }
}

/** Shows hits as they come; whoever closes the box stops the search. */
function pickHit(text: string, services: HostServices): Promise<Target | 'back' | 'cancel'> {
  const box = vscode.window.createQuickPick<PickItem<Target>>();
  const abort = new AbortController();
  const results = new Results(box, text, services);
  box.title = l10n.t('Find “{0}”', oneLine(text, 60));
  box.ignoreFocusOut = true;
  box.buttons = [vscode.QuickInputButtons.Back];
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.busy = true;
  box.show();
  void find(text, results, services, abort.signal).then(() => {
    if (!abort.signal.aborted) results.end();
  });
  return new Promise<Target | 'back' | 'cancel'>((resolve) => {
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item?.choice !== undefined) resolve(item.choice.value);
      else if (item?.retry === true) results.tellMisses();
    });
    box.onDidTriggerButton(() => resolve('back'));
    box.onDidHide(() => resolve('cancel'));
  }).finally(() => {
    abort.abort();
    results.dispose();
    box.dispose();
  });
}

/** How often the list is drawn while hits come in, in milliseconds. */
const drawEveryMs = 150;
const shownAtMost = 500;

/** What a search has found so far, as lines of a box. */
class Results {
  private readonly items: PickItem<Target>[] = [];
  private readonly misses: Miss[] = [];
  private readonly longer = new Set<string>();
  private drawing: NodeJS.Timeout | undefined;
  private done = 0;
  private total = 0;
  private over = false;

  constructor(
    private readonly box: vscode.QuickPick<PickItem<Target>>,
    private readonly text: string,
    private readonly services: HostServices,
  ) {
    this.draw();
  }

  hit({ target, item, kind }: Hit): void {
    if (this.items.length >= shownAtMost) return;
    const { accounts, inventory, clock } = this.services;
    const now = clock.now();
    const where = [accounts.get(target.accountId)?.name ?? target.accountId, inventory.regionName(target), kind.one()];
    const line = itemOf<Target>({
      label: kind.name(item),
      description: [target.id, kind.state(item, now).label(), ...kind.summary(item, now)].join(' · '),
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
    void vscode.window.showWarningMessage(l10n.t('Not searched: {0}', lines.length), {
      modal: true,
      detail: inMessage(detail),
    });
  }

  dispose(): void {
    clearTimeout(this.drawing);
  }

  private drawSoon(): void {
    this.drawing ??= setTimeout(() => this.draw(), drawEveryMs);
  }

  private draw(): void {
    clearTimeout(this.drawing);
    this.drawing = undefined;
    const { language } = this.services;
    const found = formatCount(this.items.length, language);
    this.box.placeholder = this.over
      ? l10n.t('Found: {0}. Choose one to show it', found)
      : l10n.t('Found: {0}. Searched {1} of {2} places', found, this.done, this.total);
    const active = this.box.activeItems;
    this.box.items = [...this.items, ...this.notes()];
    this.box.activeItems = active.filter((item) => this.items.includes(item));
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
        ? [note('circle-slash', l10n.t('Nothing has “{0}” in its name, ID or address.', oneLine(this.text, 60)))]
        : []),
      ...(this.longer.size === 0
        ? []
        : [note('ellipsis', l10n.t('There are more than are listed in: {0}', listing([...this.longer], 5)))]),
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
    return [account.name, this.services.inventory.regionName(place), kind?.many()].filter(Boolean).join(' · ');
  }
}

async function showHit(target: Target, { tree, treeView, showDetails }: HostServices): Promise<void> {
  const row = await tree.model.locate(target);
  if (row === undefined) return showDetails(target);
  await treeView.reveal(row, { select: true, focus: true, expand: true });
}
