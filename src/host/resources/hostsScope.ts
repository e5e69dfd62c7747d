import * as l10n from '@vscode/l10n';
import type { KindId } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { FleetModel } from '../../services/fleet/fleetModel';
import { regionKey, type FleetScope } from '../../services/fleet/fleetView';
import type { Inventory } from '../../services/inventory/inventory';
import { accountChoice } from '../accounts/accountChoice';
import { pickMany, walk, type Answer, type Choice, type StepFrame } from '../ui/steps';

export interface FleetScopeDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly fleet: FleetModel;
}

interface Draft {
  accounts?: readonly string[] | undefined;
  regions?: readonly string[] | undefined;
  kinds?: readonly KindId[] | undefined;
}

/** Asks which accounts, regions and kinds the flat list is about. All of a step is the same as not choosing. */
export async function chooseHosts(deps: FleetScopeDeps): Promise<void> {
  const { view } = deps.fleet;
  const draft: Draft = { ...view.scope };
  const steps = [
    (frame: StepFrame) => accountStep(frame, draft, deps),
    (frame: StepFrame) => regionStep(frame, draft, deps),
    (frame: StepFrame) => kindStep(frame, draft, deps),
  ];
  const isDone = await walk(
    steps.map(
      (step, index) => () =>
        step({ title: l10n.t('Accounts and regions'), step: index + 1, totalSteps: steps.length, back: index > 0 }),
    ),
  );
  if (isDone) await view.setScope(withoutNothing(draft));
}

type Went = 'next' | 'back' | 'cancel';

async function accountStep(frame: StepFrame, draft: Draft, { accounts, clouds }: FleetScopeDeps): Promise<Went> {
  const all = accounts.list();
  const answer = await pickMany<string>({
    ...frame,
    placeholder: l10n.t('Accounts to look at'),
    empty: l10n.t('There is no account for this. Add one, or try the sandbox.'),
    load: () =>
      Promise.resolve(
        all.map((account) => ({
          ...accountChoice(account, clouds),
          button: undefined,
          picked: draft.accounts?.includes(account.id) !== false,
          value: account.id,
        })),
      ),
  });
  return take(answer, (chosen) => (draft.accounts = chosen.length === all.length ? undefined : chosen));
}

async function regionStep(frame: StepFrame, draft: Draft, deps: FleetScopeDeps): Promise<Went> {
  let choices: readonly Choice<string>[] = [];
  const answer = await pickMany<string>({
    ...frame,
    placeholder: l10n.t('Regions to look at; those that are hidden in the Resources view are not ticked'),
    empty: l10n.t('The cloud lists no regions for this account.'),
    load: async (signal) => (choices = await regionChoices(draft, deps, signal)),
  });
  const usual = choices.filter((choice) => choice.description !== hiddenWord()).length;
  return take(answer, (chosen) => (draft.regions = isUsual(chosen, choices, usual) ? undefined : chosen));
}

/** Exactly those that are looked at anyway. */
function isUsual(chosen: readonly string[], choices: readonly Choice<string>[], usual: number): boolean {
  const hidden = new Set(choices.filter(({ description }) => description === hiddenWord()).map(({ value }) => value));
  return chosen.length === usual && !chosen.some((value) => hidden.has(value));
}

function hiddenWord(): string {
  return l10n.t('hidden in the Resources view');
}

/** Each region once, in whichever of the accounts. */
async function regionChoices(
  draft: Draft,
  { accounts, inventory, fleet }: FleetScopeDeps,
  signal: AbortSignal,
): Promise<Choice<string>[]> {
  const chosen = accounts.list().filter(({ id }) => draft.accounts?.includes(id) !== false);
  const lists = await Promise.all(
    chosen.map(async ({ id, provider }) => {
      const hidden = fleet.places.hiddenRegions(id);
      // An account whose regions cannot be listed has none to choose; the view says why.
      const list = await inventory.regions(id, signal).catch(() => undefined);
      return (list?.regions ?? []).map(({ id: region, name }) => ({
        key: regionKey({ provider, region }),
        name,
        region,
        isHidden: hidden.includes(region),
      }));
    }),
  );
  const byKey = new Map<string, Choice<string>>();
  for (const { key, name, region, isHidden } of lists.flat()) {
    const picked = draft.regions === undefined ? !isHidden : draft.regions.includes(key);
    const before = byKey.get(key);
    const description = isHidden && before === undefined ? hiddenWord() : name === region ? undefined : region;
    if (before === undefined || !isHidden) byKey.set(key, { label: name, description, picked, value: key });
  }
  return [...byKey.values()];
}

async function kindStep(frame: StepFrame, draft: Draft, { accounts, fleet, clouds }: FleetScopeDeps): Promise<Went> {
  const chosen = accounts.list().filter(({ id }) => draft.accounts?.includes(id) !== false);
  const kinds = new Map(
    chosen.flatMap(({ provider }) =>
      clouds.provider(provider).kinds.flatMap((kind) => (kind.beside === undefined ? [[kind.id, kind] as const] : [])),
    ),
  );
  const usual = new Set(chosen.flatMap((account) => fleet.places.usualKinds(account).map(({ id }) => id)));
  const answer = await pickMany<KindId>({
    ...frame,
    placeholder: l10n.t('Kinds of resources to look at'),
    empty: l10n.t('There is nothing of this kind here.'),
    load: () =>
      Promise.resolve(
        [...kinds.values()].map(({ id, many, icon }) => ({
          label: many(),
          icon,
          picked: (draft.kinds ?? [...usual]).includes(id),
          value: id,
        })),
      ),
  });
  const isSame = (ids: readonly KindId[]): boolean => ids.length === usual.size && ids.every((id) => usual.has(id));
  return take(answer, (ids) => (draft.kinds = isSame(ids) ? undefined : ids));
}

function withoutNothing({ accounts, regions, kinds }: Draft): FleetScope {
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(regions === undefined ? {} : { regions }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

function take<T>(answer: Answer<T>, keep: (value: T) => void): Went {
  if (answer === 'back' || answer === 'cancel') return answer;
  keep(answer.value);
  return 'next';
}
