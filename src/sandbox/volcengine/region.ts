import type { Clock } from '../../util/clock';
import { RunBook } from '../commands/runBook';
import type { CallContext } from '../handler';
import { RecordTable } from '../recordTable';
import { Refusal } from '../refusal';
import type { SandboxRegion } from '../regions';
import type { CommandStore, RunDetails, SavedCommand } from './commandRecords';

/** The fields of an instance that behaviour reads; the record has all the others too, in the cloud's own spelling. */
export interface VolcengineInstance {
  InstanceId: string;
  InstanceName: string;
  Status: string;
  InstanceChargeType: string;
  ExpiredAt: string;
  DeletionProtection: boolean;
  Tags: { Key: string; Value: string }[];
  [field: string]: unknown;
}

export interface VolcengineRegion extends SandboxRegion, CommandStore {
  readonly runs: RunBook<RunDetails>;
  readonly tables: { readonly instance: RecordTable<VolcengineInstance> };
}

export function emptyRegion(id: string, clock: Pick<Clock, 'now'>): VolcengineRegion {
  return {
    id,
    tables: { instance: new RecordTable<VolcengineInstance>(clock) },
    behaviours: new Map(),
    runs: new RunBook<RunDetails>(clock),
    commands: new RecordTable<SavedCommand>(clock),
  };
}

/** The region of the credential scope. The cloud words an unknown one like an action it does not offer there. */
export function regionOf({ regions, region: id }: CallContext<VolcengineRegion>): VolcengineRegion {
  const region = regions.get(id);
  if (region === undefined) throw new Refusal('InvalidActionOrVersion', { details: [`in region ${id}`, '2020-04-01'] });
  return region;
}

/** The instances of that region. */
export function instancesOf(context: CallContext<VolcengineRegion>): VolcengineRegion['tables']['instance'] {
  return regionOf(context).tables.instance;
}
