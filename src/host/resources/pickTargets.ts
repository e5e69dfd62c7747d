import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import type { Kind } from '../../core/kind';
import type { KindId, Place, Target } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import { factsOf } from '../../services/resources/facts';
import type { Clock } from '../../util/clock';
import { accountChoice } from '../accounts/accountChoice';
import { pickMany, pickOne, walk, type Answer, type Choice, type StepFrame } from '../ui/steps';

export interface PickTargetsDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly clock: Clock;
}

export interface PickTargets {
  readonly title: string;
  readonly kinds: readonly KindId[];
  /** Any number of resources instead of one. */
  readonly many: boolean;
  /** Leaves out accounts that are read-only; the list says how many. */
  readonly forDeletion: boolean;
  /** Where they are, if that is known beforehand. */
  readonly place?: Place;
}

/** What has been chosen so far. */
interface Draft {
  account: Account | undefined;
  place: Place | undefined;
  kind: Kind | undefined;
  targets: readonly Target[];
}

/**
 * Asks for account, region, kind and resources, one after the other, with a way back at each step. Steps with a
 * single possible answer are left out. Undefined when the person turned away.
 */
export async function pickTargets(want: PickTargets, deps: PickTargetsDeps): Promise<readonly Target[] | undefined> {
  const draft: Draft = { account: undefined, place: want.place, kind: undefined, targets: [] };
  const offered = offeredAccounts(want, deps);
  const isPlaced = want.place !== undefined;
  const askAccount = !isPlaced && offered.length !== 1;
  if (!askAccount) draft.account = offered[0];
  const askKind = want.kinds.length > 1;
  const steps = [
    ...(askAccount ? [(frame: StepFrame) => accountStep(frame, want, { draft, offered, deps })] : []),
    ...(isPlaced ? [] : [(frame: StepFrame) => regionStep(frame, draft, deps)]),
    ...(askKind ? [(frame: StepFrame) => kindStep(frame, want, { draft, deps })] : []),
    (frame: StepFrame) => resourceStep(frame, want, { draft, deps }),
  ];
  const done = await walk(
    steps.map(
      (step, index) => () => step({ title: want.title, step: index + 1, totalSteps: steps.length, back: index > 0 }),
    ),
  );
  return done ? draft.targets : undefined;
}

/** Asks for an account that has one of the kinds and may be changed, and a region. Undefined when the person turned away. */
export async function pickPlace(
  want: Omit<PickTargets, 'many' | 'place'>,
  deps: PickTargetsDeps,
): Promise<Place | undefined> {
  const draft: Draft = { account: undefined, place: undefined, kind: undefined, targets: [] };
  const offered = offeredAccounts({ ...want, many: false }, deps);
  if (offered.length === 1) draft.account = offered[0];
  const steps = [
    ...(offered.length === 1
      ? []
      : [(frame: StepFrame) => accountStep(frame, { ...want, many: false }, { draft, offered, deps })]),
    (frame: StepFrame) => regionStep(frame, draft, deps),
  ];
  const done = await walk(
    steps.map(
      (step, index) => () => step({ title: want.title, step: index + 1, totalSteps: steps.length, back: index > 0 }),
    ),
  );
  return done ? draft.place : undefined;
}

/** Accounts of clouds that have one of the kinds. */
function offeredAccounts({ kinds, forDeletion }: PickTargets, { accounts, clouds }: PickTargetsDeps): Account[] {
  const fitting = accounts
    .list()
    .filter((account) => kinds.some((kind) => clouds.kind(account.provider, kind) !== undefined));
  return forDeletion ? fitting.filter((account) => account.level !== 'readOnly') : fitting;
}

type Went = 'next' | 'back' | 'cancel';

async function accountStep(
  frame: StepFrame,
  want: PickTargets,
  { draft, offered, deps }: { draft: Draft; offered: readonly Account[]; deps: PickTargetsDeps },
): Promise<Went> {
  const readOnly = want.forDeletion ? deps.accounts.list().filter((a) => a.level === 'readOnly').length : 0;
  const answer = await pickOne<Account>({
    ...frame,
    placeholder:
      readOnly === 0 ? l10n.t('Account') : l10n.t('Account (read-only accounts, not offered here: {0})', readOnly),
    empty: l10n.t('There is no account for this. Add one, or try the sandbox.'),
    load: () => Promise.resolve(offered.map((account) => accountChoice(account, deps.clouds))),
  });
  return take(answer, (account) => (draft.account = account));
}

async function regionStep(frame: StepFrame, draft: Draft, { inventory }: PickTargetsDeps): Promise<Went> {
  const { account } = draft;
  if (account === undefined) return 'cancel';
  const answer = await pickOne<string>({
    ...frame,
    placeholder: l10n.t('Region of "{0}"', account.name),
    empty: l10n.t('The cloud lists no regions for this account.'),
    load: async (signal) => {
      const { regions } = await inventory.regions(account.id, signal);
      return regions.map(({ id, name }) => ({ label: name, description: name === id ? undefined : id, value: id }));
    },
  });
  return take(answer, (region) => (draft.place = { provider: account.provider, accountId: account.id, region }));
}

async function kindStep(
  frame: StepFrame,
  want: PickTargets,
  { draft, deps }: { draft: Draft; deps: PickTargetsDeps },
): Promise<Went> {
  const { place } = draft;
  if (place === undefined) return 'cancel';
  const kinds = deps.clouds.provider(place.provider).kinds.filter((kind) => want.kinds.includes(kind.id));
  const answer = await pickOne<Kind>({
    ...frame,
    placeholder: l10n.t('Kind of resource'),
    empty: l10n.t('There is nothing of this kind here.'),
    load: () => Promise.resolve(kinds.map((kind) => ({ label: kind.many(), icon: kind.icon, value: kind }))),
  });
  return take(answer, (kind) => (draft.kind = kind));
}

async function resourceStep(
  frame: StepFrame,
  want: PickTargets,
  { draft, deps }: { draft: Draft; deps: PickTargetsDeps },
): Promise<Went> {
  const { place } = draft;
  const [onlyKind] = want.kinds;
  const kind =
    draft.kind ??
    (place === undefined || onlyKind === undefined ? undefined : deps.clouds.kind(place.provider, onlyKind));
  if (place === undefined || kind === undefined) return 'cancel';
  const step = {
    ...frame,
    placeholder: placeholderFor(want),
    empty: l10n.t('There are none in this region.'),
    load: () => resources(place, kind, deps),
    more: () => moreButton(place, kind, deps.inventory),
  };
  if (want.many) return take(await pickMany(step), (targets) => (draft.targets = targets));
  return take(await pickOne(step), (target) => (draft.targets = [target]));
}

function placeholderFor({ many, forDeletion }: PickTargets): string {
  if (!many) return l10n.t('Choose one');
  return forDeletion
    ? l10n.t('Choose what to delete; nothing is sent before you confirm')
    : l10n.t('Choose one or more; nothing is sent before you confirm');
}

async function resources(place: Place, kind: Kind, { inventory, clock }: PickTargetsDeps): Promise<Choice<Target>[]> {
  const known = inventory.peek(place, kind.id);
  const listing = await inventory.list(place, kind.id, { refresh: known?.error !== undefined });
  await listing.finished;
  if (listing.error !== undefined && !listing.unsupported) throw listing.error;
  const now = clock.now();
  return [...listing.items].map(([id, item]) => ({
    label: kind.name(item),
    description: [id, kind.state(item, now).label(), ...factsOf(kind, item, now)].join(' · '),
    value: { ...place, kind: kind.id, id },
  }));
}

function moreButton(place: Place, kind: Kind, inventory: Inventory) {
  const listing = inventory.peek(place, kind.id);
  if (listing?.hasMore !== true) return undefined;
  const label = l10n.t('{0} of {1} are listed. Load all', listing.items.size, listing.total ?? '?');
  return { label, run: () => inventory.loadMore(place, kind.id, Number.MAX_SAFE_INTEGER) };
}

function take<T>(answer: Answer<T>, keep: (value: T) => void): Went {
  if (answer === 'back' || answer === 'cancel') return answer;
  keep(answer.value);
  return 'next';
}
