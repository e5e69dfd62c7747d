import * as l10n from '@vscode/l10n';
import { pinAccount } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import { parseTargetKey } from '../../core/parseTarget';
import type { KindId, Place, Target } from '../../core/target';
import { placeOf, targetKey } from '../../core/target';
import { groupBy } from '../../util/async';
import type { AccountGuardOptions, Pinned } from '../actions/accountGuard';
import type { CheckOptions } from '../actions/checkOptions';
import { actionWritten } from '../actions/declared';
import { cloudRunsIn, type CloudRunStarted } from '../journal/cloudRuns';
import { loadRuns } from '../journal/history';
import type { RunRecord } from '../journal/runRecord';
import { RecordedResult, type RecordedPart } from './recordedResult';
import type { HostResult } from './runResult';

export interface RecordedRunsOptions extends CheckOptions, Pick<AccountGuardOptions, 'accounts'> {}

/** What the clouds keep of runs: of a record that a list has, or of a run that the journal has. Nothing is read yet. */
export class RecordedRuns {
  /** Hosts that no list has, as they were read for their names. */
  private readonly learnt = new Map<string, Item>();

  constructor(private readonly options: RecordedRunsOptions) {}

  /** The result of a record of a list; undefined for what is no record of a run. */
  async ofRecord(target: Target): Promise<RecordedResult | undefined> {
    const { clouds, inventory } = this.options;
    const place = placeOf(target);
    const kind = clouds.kind(place.provider, target.kind);
    if (kind?.results === undefined) return undefined;
    const known = inventory.item(place, target.kind, target.id);
    const item = known ?? (await inventory.lookup(place, target.kind, [target.id])).get(target.id);
    if (item === undefined) return undefined;
    const { records, kindOf, script } = kind.results;
    const part: RecordedPart = {
      region: place.region,
      records,
      handle: target.id,
      pin: () => this.pin(place),
      learn: (ids) => this.learn(ids.map((host) => ({ ...place, kind: kindOf(host), id: host }))),
      host: (id) => this.host({ ...place, kind: kindOf(id), id }, undefined),
    };
    const startedAt = new Date(kind.time?.(item) ?? 0);
    const head = { id: targetKey(target), title: kind.name(item), scripts: [script(item)], startedAt, isOwn: false };
    return new RecordedResult({ ...head, parts: [part], hosts: [] }, this.options);
  }

  /** The same by the id that a result has, read as far as the cloud keeps it; undefined where it keeps nothing. */
  async reopen(id: string): Promise<RecordedResult | undefined> {
    const target = parseTargetKey(id);
    try {
      const result = await (target === undefined ? this.ofRun(id) : this.ofRecord(target));
      await result?.read();
      return result;
    } catch (error) {
      if (CloudError.is(error)) return undefined;
      throw error;
    }
  }

  /** The result of a run of the journal; undefined where it knows of nothing that went on in a cloud. */
  async ofRun(id: string): Promise<RecordedResult | undefined> {
    const { journal } = this.options;
    const { records } = await journal.load();
    const run = (await loadRuns(journal)).runs.get(id);
    const started = cloudRunsIn(records.filter((record) => 'run' in record && record.run === id));
    const parts = started.flatMap((one) => this.part(one) ?? []);
    if (run === undefined || parts.length === 0) return undefined;
    const hosts = started.flatMap((one) => one.targets.map(({ id: host, name }) => this.hostOf(one, host, name)));
    const head = { id, title: run.title, scripts: scriptsOf(run), startedAt: run.startedAt, isOwn: true };
    return new RecordedResult({ ...head, parts, hosts }, this.options);
  }

  /** Undefined where this version does not know what was done. */
  private part(started: CloudRunStarted): RecordedPart | undefined {
    const { clouds, newGuard } = this.options;
    const { region, handle, account, targets, kind } = started;
    const goal = actionWritten(clouds, started)?.goal;
    if (goal?.type !== 'followed') return undefined;
    const names = new Map(targets.map((one) => [one.id, one.name]));
    return {
      region,
      records: goal.records,
      handle,
      // Keys of another owner would not find the run and make its results look gone.
      pin: () => newGuard().pinOwner(account),
      learn: (ids) => this.learn(ids.map((id) => ({ ...placeIn(started), kind, id }))),
      host: (id) => this.hostOf(started, id, names.get(id)),
    };
  }

  private hostOf({ provider, account, region, kind }: CloudRunStarted, id: string, name: string | undefined) {
    return this.host({ provider, accountId: account.id, region, kind, id }, name);
  }

  private host(target: Target & { readonly kind: KindId }, named: string | undefined): HostResult {
    const { clouds, inventory, accounts } = this.options;
    const place = placeOf(target);
    const kind = clouds.kind(place.provider, target.kind);
    const item = this.itemOf(target);
    const hostname = item && kind?.hostName?.(item);
    return {
      key: targetKey(target),
      target,
      name: named ?? (item === undefined || kind === undefined ? target.id : kind.name(item)),
      hostnames: hostname === undefined ? [] : [hostname],
      addresses: (item && kind?.addresses?.(item)) ?? [],
      account: accounts.get(place.accountId)?.name ?? place.accountId,
      region: inventory.regionName(place),
      state: 'unknown',
      output: undefined,
    };
  }

  /** Reads the hosts that no list has. */
  private async learn(hosts: readonly Target[]): Promise<void> {
    const { inventory } = this.options;
    const unknown = hosts.filter((host) => this.itemOf(host) === undefined);
    const byKind = groupBy(unknown, ({ kind }) => kind);
    await Promise.all(
      [...byKind.values()].map(async (some) => {
        const [first] = some;
        if (first === undefined) return;
        const { kind } = first;
        const ids = some.map(({ id }) => id);
        const place = placeOf(first);
        // Names are a help: hosts that are gone, or may not be read, are told by their ids.
        const found = await inventory.lookup(place, kind, ids).catch(() => new Map<string, Item>());
        for (const [id, item] of found) this.learnt.set(targetKey({ ...place, kind, id }), item);
      }),
    );
  }

  private itemOf(target: Target): Item | undefined {
    const place = placeOf(target);
    return this.options.inventory.item(place, target.kind, target.id) ?? this.learnt.get(targetKey(target));
  }

  private async pin({ accountId, provider }: Place): Promise<Pinned> {
    const { accounts, clouds } = this.options;
    const account = accounts.get(accountId);
    if (account === undefined) throw accountGone(accountId);
    return { account: pinAccount(account, await account.credentials()), provider: clouds.provider(provider) };
  }
}

function placeIn({ provider, account, region }: CloudRunStarted): Place {
  return { provider, accountId: account.id, region };
}

function accountGone(id: string): CloudError {
  return new CloudError(l10n.t('The account "{0}" no longer exists.', id), { reason: 'auth', delivery: 'notSent' });
}

/** What was run, in the words that the journal keeps of it. */
function scriptsOf({ targets }: RunRecord): string[] {
  const told = targets.flatMap(({ answers = {} }) =>
    Object.entries(answers).flatMap(([name, answer]) =>
      name.endsWith('Told') && typeof answer === 'string' ? [answer] : [],
    ),
  );
  return [...new Set(told)];
}
