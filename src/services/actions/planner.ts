import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import type { Rehearsal } from '../../client/rehearser';
import { infoOf, keyFingerprint, pinAccount, type Account } from '../../core/account';
import type { Action, Beside, Finding } from '../../core/action';
import { areKeysRefused, CloudError } from '../../core/cloudError';
import { withSecretAnswersAs, type Answers, type Subject } from '../../core/input';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { readPages } from '../../core/pager';
import type { Identity } from '../../core/provider';
import { targetKey, type Place, type Target } from '../../core/target';
import { droppedFrom } from '../../core/unreadable';
import { chunk, forEachLimited, groupBy } from '../../util/async';
import type { Clock } from '../../util/clock';
import { sealer, sha256 } from '../../util/hash';
import type { Accounts, Clouds } from '../accounts/ports';
import type { Inventory, LookupOptions } from '../inventory/inventory';
import type { Owner } from './accountGuard';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanQuestion } from './plan';
import type { Need, Progress } from './ports';
import { readTargets } from './readTargets';
import { forbiddenBy, isBarred, recordBefore, review, underAnswers, withBeside, withRehearsal } from './review';
import type { SafetyVerdict } from './safetyPolicy';

export interface PlannerOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly rehearse: (
    account: Account,
    place: Place,
    action: Action,
    ids: readonly string[],
    answers: Answers,
    signal: AbortSignal,
  ) => Promise<Rehearsal>;
  readonly client: CloudClient;
  readonly policy: (product: string, action: string) => Promise<SafetyVerdict>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Which action is meant of the kinds that the targets are of; undefined where a kind has none such. */
export type ActionChoice = (kind: Kind) => Action | undefined;

/** What is to be planned. */
export interface PlanRequest {
  readonly targets: readonly Target[];
  readonly action: ActionChoice;
  /** Whose the keys were when the same was tried before, by target. */
  readonly owners?: ReadonlyMap<string, Owner> | undefined;
}

/** Reads, checks and rehearses; changes nothing. */
export class Planner {
  private readonly seal = sealer();

  constructor(private readonly options: PlannerOptions) {}

  /** Makes the first draft: everything but the answers of a person. Rejects with `CloudError` when cancelled. */
  async draft({ targets, action, owners }: PlanRequest, progress: Progress): Promise<Plan> {
    const unique = new Map(targets.map((t) => [targetKey(t), Object.freeze({ ...t })]));
    const byGroup = groupBy(unique.values(), (t) => [t.provider, t.accountId, t.region, t.kind].join('\n'));
    let done = 0;
    const groups: PlanGroup[] = new Array<PlanGroup>(byGroup.size);
    await forEachLimited([...[...byGroup.values()].entries()], 4, async ([index, members]) => {
      const group = await this.besides(await this.group(members, action, progress.signal), progress.signal);
      groups[index] = { ...group, ownersBefore: ownersBefore(group, owners) };
      done += members.length;
      progress.report({ done, total: unique.size, text: group.regionName });
    });
    progress.signal.throwIfAborted();
    return this.freeze(groups.flatMap(partsOf));
  }

  /** One plan of two: what is `last` is sent only once the rest is known to be done. */
  followedBy(first: Plan, last: Plan): Plan {
    return this.freeze([...first.groups, ...last.groups.map((group) => ({ ...group, isLast: true }))]);
  }

  /** The plan under the safety policy and the marks of its accounts as they are now; nothing else is looked at again. */
  async underCurrentPolicy(plan: Plan): Promise<Plan> {
    const groups = await Promise.all(plan.groups.map((group) => this.groupUnderCurrentPolicy(group)));
    return { ...plan, groups };
  }

  private async groupUnderCurrentPolicy(group: PlanGroup): Promise<PlanGroup> {
    const account = this.options.accounts.get(group.place.accountId);
    const { product, action } = group.action.operation;
    const policy = await this.options.policy(product.code, action);
    const { level, levelFrom } = account ?? group.account;
    const marked = { ...group.account, level, ...(levelFrom && { levelFrom }) };
    return {
      ...group,
      account: marked,
      forbidden: group.forbidden ?? forbiddenBy(marked, policy),
      confirmReason: policy.decision === 'confirm' ? policy.reason : group.confirmReason,
    };
  }

  /**
   * The inputs of a group that are to be asked under the answers so far; one at a time, for later ones depend on them.
   * `among` is how many resources the whole request is about.
   */
  nextNeed(group: PlanGroup, answers: Answers, among: number): Need | undefined {
    if (group.forbidden !== undefined) return undefined;
    const now = this.options.clock.now();
    const subjects = subjectsOf(group);
    for (const input of group.action.inputs) {
      if (answers[input.name] !== undefined || among < (input.fromCount ?? 0)) continue;
      const ids = input.about(subjects, answers, now);
      if (ids.length > 0) return { group, input, ids, answers };
    }
    return undefined;
  }

  /** The final plan: judged under the answers, and by the cloud's own dry run where it has one. */
  async complete(draft: Plan, answers: ReadonlyMap<PlanGroup, Answers>, progress: Progress): Promise<Plan> {
    const groups: PlanGroup[] = [];
    const now = this.options.clock.now();
    for (const group of draft.groups) {
      const given = answers.get(group) ?? {};
      const action = group.action.under?.(given) ?? group.action;
      const targets = group.targets.map((t) => underAnswers(t, { action, answers: given, now }));
      groups.push(await this.rehearseGroup({ ...group, action, answers: given, targets }, progress));
      progress.signal.throwIfAborted();
    }
    return this.freeze(groups);
  }

  private async group(members: readonly Target[], choice: ActionChoice, signal: AbortSignal): Promise<PlanGroup> {
    const [first] = members;
    if (first === undefined) throw new TypeError('A group has at least one target.');
    const { account, kind, action } = this.resolve(first, choice);
    const place: Place = Object.freeze({ provider: first.provider, accountId: first.accountId, region: first.region });
    // Taken before reading: a row that turns out to be gone leaves the lists, and the plan should still say its name.
    const shown = new Map(members.map((t) => [t.id, this.options.inventory.item(place, t.kind, t.id)]));
    const look = async (refresh: boolean) => {
      // Who we are and what there is must be said of the same keys, even if they are switched meanwhile.
      const pinned = await pin(account, { signal, refresh });
      const [who, found] = await Promise.all([
        this.identify(pinned, signal),
        pinned instanceof CloudError
          ? pinned
          : this.read(place, { kind, action }, members, { account: pinned.account, signal }),
      ]);
      return { who, found };
    };
    const policy = await this.options.policy(action.operation.product.code, action.operation.action);
    const known = await look(false);
    // Temporary keys can have been revoked before their time.
    const { who, found } = areKeysRefused(known.found) ? await look(true) : known;
    const now = this.options.clock.now();
    // Whose the keys are may be known only now, and with that a mark of another account that counts for them.
    const marked = this.options.accounts.get(first.accountId) ?? account;
    return {
      place,
      account: infoOf(marked),
      regionName: this.options.inventory.regionName(place),
      identity: who.identity,
      keyMark: who.keyMark,
      confirmReason: policy.decision === 'confirm' ? policy.reason : undefined,
      kind,
      action,
      answers: {},
      forbidden: forbiddenBy(marked, policy),
      targets: members.map((target) => review(target, { kind, action, found, shown: shown.get(target.id), now })),
    };
  }

  /** Reads what the records do not have, for those that may be sent. What it does not tell is said and bars nothing. */
  private async besides(group: PlanGroup, signal: AbortSignal): Promise<PlanGroup> {
    const { beside } = group.action.review;
    const account = this.options.accounts.get(group.place.accountId);
    const ids = runnableOf(group).map(({ target }) => target.id);
    if (beside === undefined || account === undefined || ids.length === 0) return group;
    const said = new Map<string, readonly Finding[]>();
    await forEachLimited(chunk(ids, beside.idsPerCall), 4, async (part) => {
      for (const [id, findings] of await this.readBeside(group, account, { beside, ids: part, signal }))
        said.set(id, findings);
    });
    return { ...group, targets: group.targets.map((target) => withBeside(target, said.get(target.target.id))) };
  }

  private async readBeside(
    { place }: PlanGroup,
    account: Account,
    { beside, ids, signal }: { readonly beside: Beside; readonly ids: readonly string[]; readonly signal: AbortSignal },
  ): Promise<ReadonlyMap<string, readonly Finding[]>> {
    const provider = this.options.clouds.provider(place.provider);
    const { operation, pager, params, missing, unclear } = beside;
    const said = new Map<string, readonly Finding[]>();
    let other = missing;
    const page = async (cursor: object): Promise<unknown> => {
      const asked = { ...params(ids), ...cursor };
      return (
        await this.options.client.read({ provider, account, region: place.region, operation, params: asked, signal })
      ).value;
    };
    try {
      for await (const { value } of readPages(pager, page, { count: () => said.size })) {
        const some = beside.read(value);
        for (const [id, findings] of some) said.set(id, findings);
        // What has no readable id may be any of them.
        if (droppedFrom(some) > 0) other = unclear;
      }
    } catch (error) {
      if (!CloudError.is(error) || error.reason === 'cancelled') throw error;
      other = () => unclear(error.message);
    }
    return new Map(ids.map((id) => [id, said.get(id) ?? [other()]]));
  }

  private async rehearseGroup(group: PlanGroup, progress: Progress): Promise<PlanGroup> {
    const { dryRun } = group.action.review;
    const account = this.options.accounts.get(group.place.accountId);
    const candidates = runnableOf(group).map((t) => t.target.id);
    if (dryRun === undefined || account === undefined || candidates.length === 0) return group;
    const said = new Map<string, Rehearsal>();
    await forEachLimited(chunk(candidates, dryRun.idsPerCall), 4, async (ids) => {
      const whole = await this.rehearse(account, group, ids, progress.signal);
      // The answer to several ids does not tell which one was meant.
      const each = isOfAll(whole) || ids.length === 1 ? undefined : ids;
      for (const id of ids)
        said.set(id, each === undefined ? whole : await this.rehearse(account, group, [id], progress.signal));
      progress.report({ done: said.size, total: candidates.length, text: group.regionName });
    });
    return { ...group, targets: group.targets.map((t) => withRehearsal(t, said.get(t.target.id))) };
  }

  private async rehearse(
    account: Account,
    group: PlanGroup,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<Rehearsal> {
    const { place, action, answers } = group;
    const said = await this.options.rehearse(account, place, action, ids, answers, signal);
    if (said.verdict !== 'wouldBeRefused' || action.review.dryRun?.operation === action.operation) return said;
    // Permissions are granted by operation: who may not call the one that rehearses may still call the one that acts.
    return said.error.reason === 'permission' ? { verdict: 'unclear', error: said.error } : said;
  }

  /** Who we are is good to know and no reason to stop planning; the run compares it again. */
  private async identify(
    pinned: PinnedKeys | CloudError,
    signal: AbortSignal,
  ): Promise<{ identity: Identity | undefined; keyMark: string | undefined }> {
    if (pinned instanceof CloudError) return { identity: undefined, keyMark: undefined };
    const { account, keyMark } = pinned;
    return { identity: await this.options.inventory.identify(account, signal).catch(unlessCancelled), keyMark };
  }

  private async read(
    place: Place,
    deed: Pick<PlanGroup, 'kind' | 'action'>,
    members: readonly Target[],
    options: LookupOptions,
  ): Promise<Map<string, Item> | CloudError> {
    try {
      return await readTargets(
        this.options.inventory,
        { place, ...deed, answers: {} },
        members.map((t) => t.id),
        options,
      );
    } catch (error) {
      if (CloudError.is(error) && error.reason !== 'cancelled') return error;
      throw error;
    }
  }

  private resolve(target: Target, choice: ActionChoice): { account: Account; kind: Kind; action: Action } {
    const account = this.options.accounts.get(target.accountId);
    const kind = this.options.clouds.kind(target.provider, target.kind);
    if (account === undefined || account.provider !== target.provider) {
      throw new CloudError(l10n.t('The account of "{0}" no longer exists.', target.id), {
        reason: 'auth',
        delivery: 'notSent',
      });
    }
    const action = kind === undefined ? undefined : choice(kind);
    if (kind === undefined || action === undefined) {
      throw new CloudError(l10n.t('"{0}" is of a kind for which this is not possible here.', target.id), {
        reason: 'invalid',
        delivery: 'notSent',
      });
    }
    return { account, kind, action };
  }

  /** The plan without some of its targets, as a plan of its own; undefined where none is left. */
  narrow(plan: Plan, left: ReadonlySet<string>): Plan | undefined {
    const kept = plan.groups
      .map((group) => ({ ...group, targets: group.targets.filter(({ target }) => !left.has(targetKey(target))) }))
      .filter(({ targets }) => targets.length > 0);
    // What comes last was meant together with all that comes before it.
    const isWhole = count(plan.groups.filter(comesFirst)) === count(kept.filter(comesFirst));
    const groups = isWhole ? kept : kept.filter(comesFirst);
    if (groups.length === 0) return undefined;
    const narrowed = this.freeze(groups, plan.madeAt);
    // Also without a question it still has to be completed.
    return plan.questions === undefined ? narrowed : this.asDraft(narrowed);
  }

  /** The draft with what will be asked before it can run. */
  asDraft(draft: Plan): Plan {
    const among = runnable(draft).length;
    const questions = draft.groups.flatMap((group) => this.needsOf(group, among).map(questionOf));
    return Object.freeze({ ...draft, questions });
  }

  /** What is asked in any case; what depends on a yes is asked then. */
  private needsOf(group: PlanGroup, among: number): Need[] {
    const needs: Need[] = [];
    for (let answers: Answers = {}; ;) {
      const need = this.nextNeed(group, answers, among);
      if (need === undefined) return needs;
      needs.push(need);
      answers = { ...answers, [need.input.name]: false };
    }
  }

  private freeze(groups: readonly PlanGroup[], madeAt = this.options.clock.now()): Plan {
    const content = groups.map((g) => [
      g.place,
      g.action.id,
      g.action.operation.action,
      withSecretAnswersAs(g.action.inputs, g.answers, this.seal),
      ...(g.isLast === true ? ['last'] : []),
      g.targets.map((t) => [t.target, t.fingerprint, t.verdict]),
    ]);
    return deepFreeze({ id: this.options.newId(), madeAt, groups: [...groups], hash: sha256(JSON.stringify(content)) });
  }
}

function comesFirst({ isLast }: PlanGroup): boolean {
  return isLast !== true;
}

function count(groups: readonly PlanGroup[]): number {
  return groups.reduce((sum, { targets }) => sum + targets.length, 0);
}

function questionOf({ group, input, ids }: Need): PlanQuestion {
  const about = group.targets.filter(({ target }) => ids.includes(target.id)).map(({ target }) => targetKey(target));
  return { text: input.question(ids.length), about: new Set(about) };
}

/** One group for each part of the resources that needs calls of its own. */
function partsOf(group: PlanGroup): PlanGroup[] {
  const { part } = group.action;
  if (part === undefined) return [group];
  const parts = groupBy(group.targets, ({ item }) => (item === undefined ? '' : part(item)));
  return [...parts.values()].map((targets) => ({ ...group, targets }));
}

/** Whose the keys were where they are another's now, each once. */
function ownersBefore({ identity, keyMark, targets }: PlanGroup, owners: PlanRequest['owners']): string[] {
  const others = targets.flatMap(({ target }) => {
    const before = owners?.get(targetKey(target));
    if (before === undefined) return [];
    if (before.identity !== undefined) return before.identity === identity?.accountId ? [] : [before.identity];
    // Nobody could say whose they were: only the same key is surely the same owner's.
    return before.keyMark === undefined || before.keyMark === keyMark ? [] : [l10n.t('not reported')];
  });
  return [...new Set(others)];
}

/** An account held to the keys it has now. */
interface PinnedKeys {
  readonly account: Account;
  readonly keyMark: string;
}

/** Why the keys cannot be read is no reason to stop planning: every target says it. */
async function pin(
  account: Account,
  options: { readonly signal: AbortSignal; readonly refresh: boolean },
): Promise<PinnedKeys | CloudError> {
  try {
    const credentials = await account.credentials(options);
    return { account: pinAccount(account, credentials), keyMark: keyFingerprint(credentials) };
  } catch (error) {
    if (CloudError.is(error) && error.reason !== 'cancelled') return error;
    throw error;
  }
}

/** What is said of the call as such would be said of each of its resources. */
function isOfAll(said: Rehearsal): boolean {
  return said.verdict === 'wouldPass' || (said.verdict === 'unclear' && said.error.delivery === 'answered');
}

function unlessCancelled(error: unknown): undefined {
  if (CloudError.is(error) && error.reason !== 'cancelled') return undefined;
  throw error;
}

/** Freezes plain data; kinds and actions are shared values that nobody changes. */
function deepFreeze(plan: Plan): Plan {
  for (const group of plan.groups) {
    for (const target of group.targets) Object.freeze(target);
    Object.freeze(group.targets);
    Object.freeze(group.answers);
    Object.freeze(group);
  }
  Object.freeze(plan.groups);
  return Object.freeze(plan);
}

/** Nobody is asked how to do what no answer makes possible. */
export function subjectsOf({ targets, action }: PlanGroup): Subject[] {
  return targets.flatMap(({ target, name, item = recordBefore(action), verdict, findings }) =>
    item === undefined || verdict === 'gone' || isBarred(findings) ? [] : [{ id: target.id, name, item }],
  );
}
