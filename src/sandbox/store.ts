import type { KindId } from '../core/target';
import type { ProviderId } from '../core/account';
import type { Activation, EcsInstance, ManagedInstance, VolcengineInstance } from './records';
import { Shelf } from './shelf';

export interface AlibabaRegion {
  readonly id: string;
  /** Whether managed instances and activations are offered here. */
  readonly hybrid: boolean;
  readonly managedInstances: Shelf<ManagedInstance>;
  readonly activations: Shelf<Activation>;
  readonly instances: Shelf<EcsInstance>;
}

export interface VolcengineRegion {
  readonly id: string;
  readonly instances: Shelf<VolcengineInstance>;
}

/** Everything the sandbox knows of both clouds; handlers change it in place. */
export interface Store {
  readonly alibabaCloud: ReadonlyMap<string, AlibabaRegion>;
  readonly volcengine: ReadonlyMap<string, VolcengineRegion>;
}

/** The store as plain data, for tests to compare; by cloud, region and kind. */
export interface StoreState {
  readonly alibabaCloud: Readonly<
    Record<string, { managedInstance: ManagedInstance[]; activation: Activation[]; instance: EcsInstance['record'][] }>
  >;
  readonly volcengine: Readonly<Record<string, { instance: VolcengineInstance['record'][] }>>;
}

/** A change made behind the user's back: a record edited or taken away without a call. */
export interface StoreChange {
  readonly provider: ProviderId;
  readonly region: string;
  readonly kind: KindId;
  readonly id: string;
  /** Fields to overwrite; absent takes the record away. */
  readonly set?: Readonly<Record<string, unknown>>;
}

export function emptyAlibabaRegion(id: string, hybrid: boolean): AlibabaRegion {
  return { id, hybrid, managedInstances: new Shelf(), activations: new Shelf(), instances: new Shelf() };
}

export function emptyVolcengineRegion(id: string): VolcengineRegion {
  return { id, instances: new Shelf() };
}

/** A deep copy: later calls do not change it. */
export function snapshot(store: Store): StoreState {
  const alibabaCloud = [...store.alibabaCloud.values()].map((region) => [
    region.id,
    {
      managedInstance: region.managedInstances.values(),
      activation: region.activations.values(),
      instance: region.instances.values().map(({ record }) => record),
    },
  ]);
  const volcengine = [...store.volcengine.values()].map((region) => [
    region.id,
    { instance: region.instances.values().map(({ record }) => record) },
  ]);
  return structuredClone({
    alibabaCloud: Object.fromEntries(alibabaCloud),
    volcengine: Object.fromEntries(volcengine),
  });
}

/** Applies a change; false when there is no such record. */
export function applyChange(store: Store, change: StoreChange): boolean {
  const shelf = shelfOf(store, change);
  const found = shelf?.get(change.id);
  if (shelf === undefined || found === undefined) return false;
  if (change.set === undefined) return shelf.remove(change.id);
  Object.assign('record' in found ? found.record : found, change.set);
  return true;
}

/** Forgets released instances whose time has come. */
export function purge(shelf: Shelf<{ goneAt?: number }>, now: Date): void {
  for (const { id, value } of shelf.entries()) {
    if (value.goneAt !== undefined && value.goneAt <= now.getTime()) shelf.remove(id);
  }
}

type AnyRecord = ManagedInstance | Activation | EcsInstance | VolcengineInstance;

function shelfOf(store: Store, { provider, region, kind }: StoreChange): Shelf<AnyRecord> | undefined {
  // A shelf of one record type is read and edited here only by id, so widening it is safe.
  if (provider === 'volcengine') return store.volcengine.get(region)?.instances as Shelf<AnyRecord> | undefined;
  const place = store.alibabaCloud.get(region);
  const shelves = {
    managedInstance: place?.managedInstances,
    activation: place?.activations,
    instance: place?.instances,
  };
  return shelves[kind] as Shelf<AnyRecord> | undefined;
}
