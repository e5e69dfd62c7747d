import * as l10n from '@vscode/l10n';
import type { Accounts, Clouds } from '../services/accounts/ports';
import { AccountGuard } from '../services/actions/accountGuard';
import { Gate, type GateOptions } from '../services/actions/gate';
import { Planner, type PlannerOptions } from '../services/actions/planner';
import type { Prompter } from '../services/actions/ports';
import type { Inventory } from '../services/inventory/inventory';
import type { Journal } from '../services/journal/journal';
import type { Clock } from '../util/clock';
import type { Calls } from './calls';

/** Who asks, by which rules, and how runs are named. */
export interface GateParts {
  readonly prompter: Prompter;
  readonly settings: GateOptions['settings'];
  readonly policy: PlannerOptions['policy'];
  readonly newId: () => string;
  readonly clock: Clock;
}

interface Known {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly journal: Journal;
}

export interface Gated {
  /** Reads, checks and rehearses. */
  readonly planner: Planner;
  /** The one way to anything that changes a cloud. */
  readonly gate: Gate;
}

/** Makes what holds calls to the owner of the keys. */
export function guardOf({ accounts, clouds, inventory }: Omit<Known, 'journal'>): () => AccountGuard {
  return () =>
    new AccountGuard({ accounts, clouds, identify: (account, signal) => inventory.identify(account, signal) });
}

export function composeGate(
  known: Known,
  { client, rehearse, sender, repeats, secrets }: Calls,
  parts: GateParts,
): Gated {
  const { accounts, clouds, inventory, journal } = known;
  const { prompter, settings, policy, newId, clock } = parts;
  const rehearseAction: PlannerOptions['rehearse'] = (
    account,
    { region },
    { review: { dryRun } },
    ids,
    answers,
    signal,
  ) => {
    if (dryRun === undefined) throw new TypeError('This action has no dry run.');
    const subject = l10n.t('dry run: {0}', ids.join(' '));
    return rehearse({ account, region, dryRun, ids, answers, subject, signal });
  };
  const planner = new Planner({ accounts, clouds, client, inventory, rehearse: rehearseAction, policy, clock, newId });
  const newGuard = guardOf(known);
  const engine = { client, sender, inventory, clouds, newGuard, journal, clock, newId };
  return { planner, gate: new Gate({ planner, prompter, settings, engine, repeats, secrets }) };
}
