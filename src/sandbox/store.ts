import type { KindId } from '../core/target';
import type { ProviderId } from '../core/account';
import type { Activation, EcsInstance, ManagedInstance, VolcengineInstance } from './records';
import { Shelf } from './recordTable';

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
    Record<
      string,
      {
        readonly managedInstance: readonly ManagedInstance[];
        readonly activation: readonly Activation[];
        readonly instance: readonly EcsInstance['record'][];
      }
    >
  >;
  readonly volcengine: Readonly<Record<string, { readonly instance: readonly VolcengineInstance['record'][] }>>;
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
  const alibabaCloud: { [id: string]: StoreState['alibabaCloud'][string] } = {};
  for (const region of store.alibabaCloud.values()) alibabaCloud[region.id] = alibabaState(region);
  const volcengine: { [id: string]: StoreState['volcengine'][string] } = {};
  for (const region of store.volcengine.values()) volcengine[region.id] = { instance: records(region.instances) };
  return structuredClone({ alibabaCloud, volcengine });
}

function alibabaState({ managedInstances, activations, instances }: AlibabaRegion) {
  return {
    managedInstance: managedInstances.values(),
    activation: activations.values(),
    instance: records(instances),
  };
}

function records<R>(shelf: Shelf<{ readonly record: R }>): R[] {
  return shelf.values().map(({ record }) => record);
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

/** What a change needs of a shelf, whichever records it holds. */
interface Editable {
  get(id: string): AnyRecord | undefined;
  remove(id: string): boolean;
}

function shelfOf(store: Store, { provider, region, kind }: StoreChange): Editable | undefined {
  if (provider === 'volcengine') return kind === 'instance' ? store.volcengine.get(region)?.instances : undefined;
  const place = store.alibabaCloud.get(region);
  switch (kind) {
    case 'managedInstance':
      return place?.managedInstances;
    case 'activation':
      return place?.activations;
    case 'instance':
      return place?.instances;
    default:
      return noSuchKind(kind);
  }
}

function noSuchKind(kind: never): never {
  throw new Error(`There is no kind ${String(kind)}.`);
}
