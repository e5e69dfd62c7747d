import type { RunBook } from '../commands/runBook';
import type { RecordTable } from '../recordTable';

/** What a run was asked for, beside its instances. */
export interface RunDetails {
  readonly InvocationName: string;
  readonly InvocationDescription: string;
  readonly CommandId: string;
  readonly CommandName: string;
  readonly CommandType: string;
  readonly CommandDescription: string;
  readonly CommandProvider: string;
  readonly RepeatMode: string;
  readonly Frequency: string;
  readonly LaunchTime: string;
  readonly RecurrenceEndTime: string;
  readonly Parameters: string;
  readonly Username: string;
  readonly WorkingDir: string;
  readonly ProjectName: string;
  readonly Timeout: number;
  readonly EnableParameter: boolean;
}

/** A saved command, its content in Base64. */
export interface SavedCommand {
  CommandId: string;
  Name: string;
  Type: string;
  CommandContent: string;
  Description: string;
  Provider: string;
  EnableParameter: boolean;
  ParameterDefinitions: unknown[] | null;
  Timeout: number;
  WorkingDir: string;
  Username: string;
  InvocationTimes: number;
  CreatedAt: string;
  UpdatedAt: string;
  ProjectName: string;
  Tags: null;
}

/** What a region keeps for Cloud Assistant's commands. */
export interface CommandStore {
  readonly runs: RunBook<RunDetails>;
  readonly commands: RecordTable<SavedCommand>;
}
