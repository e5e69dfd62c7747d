import type { Clock } from '../../util/clock';
import { RunBook } from '../commands/runBook';
import type { CallContext } from '../handler';
import { RecordTable } from '../recordTable';
import { Refusal } from '../refusal';
import type { SandboxRegion } from '../regions';
import type { CommandStore, RunDetails, SavedCommand } from './commandRecords';
import type { Activation, AlibabaTag, Dependency, EcsInstance, ManagedInstance } from './records';

export interface AlibabaRegion extends SandboxRegion, CommandStore {
  readonly runs: RunBook<RunDetails>;
  /** Whether managed instances and activations are offered here. */
  readonly hybrid: boolean;
  readonly tables: {
    readonly managedInstance: RecordTable<ManagedInstance>;
    readonly activation: RecordTable<Activation>;
    readonly instance: RecordTable<EcsInstance>;
  };
  /** What else uses an instance, by its id. No field shows it. */
  readonly dependencies: Map<string, Dependency>;
}

export function emptyRegion(id: string, hybrid: boolean, clock: Pick<Clock, 'now'>): AlibabaRegion {
  const tables = {
    managedInstance: new RecordTable<ManagedInstance>(clock),
    activation: new RecordTable<Activation>(clock),
    instance: new RecordTable<EcsInstance>(clock),
  };
  return {
    id,
    hybrid,
    tables,
    dependencies: new Map(),
    behaviours: new Map(),
    runs: new RunBook<RunDetails>(clock),
    commands: new RecordTable<SavedCommand>(clock),
  };
}

/** The region a call is about; refuses one the account does not have. */
export function regionOf({ regions, region: id }: CallContext<AlibabaRegion>): AlibabaRegion {
  const region = regions.get(id);
  if (region === undefined) throw new Refusal('InvalidRegionId.NotFound');
  return region;
}

/** The same for calls about managed instances and activations, which some regions do not offer. */
export function hybridRegionOf(context: CallContext<AlibabaRegion>): AlibabaRegion {
  const region = regionOf(context);
  if (!region.hybrid) throw new Refusal('RegionId.ApiNotSupported');
  return region;
}

export interface TagFilter {
  readonly Key: string;
  readonly Value?: string | undefined;
}

/** Whether a record carries every tag asked for; a filter without a value takes any. */
export function hasTags(tags: readonly AlibabaTag[], filters: readonly TagFilter[] | undefined): boolean {
  return (filters ?? []).every((filter) =>
    tags.some(({ TagKey, TagValue }) => TagKey === filter.Key && (filter.Value ?? TagValue) === TagValue),
  );
}

/** Refuses tag filters that name a key twice or a key reserved for the cloud. */
export function checkTags(filters: readonly TagFilter[] | undefined): void {
  const keys = (filters ?? []).map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw new Refusal('Duplicate.TagKey');
  if (keys.some((key) => /^(aliyun|acs:)|https?:\/\//.test(key))) throw new Refusal('InvalidTagKey.Malformed');
}

/** Whether a filter is absent or equals the field. */
export function fits(filter: string | undefined, field: string | undefined): boolean {
  return filter === undefined || filter === field;
}
