import type { KindId } from '../core/target';
import type { HostBehaviour, ReceivedRun } from './hostBehaviour';
import type { RecordTable } from './recordTable';

/** The records of a region by kind. A cloud has a table for each kind it serves. */
export type RecordTables = { readonly [K in KindId]?: RecordTable<object> };

/** One region of one cloud; handlers change its records in place. */
export interface SandboxRegion {
  readonly id: string;
  readonly tables: RecordTables;
  /** How hosts behave that are sent a command, by id; the others answer at once. */
  readonly behaviours: Map<string, HostBehaviour>;
  /** The commands that were sent to its hosts. */
  readonly runs: { received(): readonly ReceivedRun[] };
}

export type Regions<R extends SandboxRegion = SandboxRegion> = ReadonlyMap<string, R>;

/** The records of all regions of a cloud as plain data, by region and kind. */
export type RegionsState<S> = S extends Regions<infer R> ? Readonly<Record<string, TablesState<R['tables']>>> : never;

type TablesState<T> = { readonly [K in keyof T]: T[K] extends RecordTable<infer V> ? readonly V[] : never };

/** A deep copy: later calls do not change it. */
export function snapshot<R extends SandboxRegion>(regions: Regions<R>): RegionsState<Regions<R>> {
  const records = (tables: RecordTables): object =>
    Object.fromEntries(Object.entries(tables).map(([kind, table]) => [kind, table.values()]));
  const state = Object.fromEntries([...regions.values()].map(({ id, tables }) => [id, records(tables)]));
  // The mapped type says of each table what `values` says of it.
  return structuredClone(state) as RegionsState<Regions<R>>;
}

/** A change made behind the user's back: a record edited or taken away without a call. */
export interface RecordChange {
  readonly region: string;
  readonly kind: KindId;
  readonly id: string;
  /** Fields to overwrite; absent takes the record away. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** Applies a change; false when there is no such record. */
export function applyChange(regions: Regions, { region, kind, id, set }: RecordChange): boolean {
  const table = regions.get(region)?.tables[kind];
  const record = table?.get(id);
  if (table === undefined || record === undefined) return false;
  if (set === undefined) return table.remove(id);
  Object.assign(record, set);
  return true;
}

/** Ends every change of state that is under way. */
export function finishAll(regions: Regions): void {
  for (const { tables } of regions.values()) for (const table of Object.values(tables)) table.finish();
}
