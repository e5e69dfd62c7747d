import type { RunBook } from '../commands/runBook';
import type { RecordTable } from '../recordTable';

/** What a run was asked for, beside its hosts. */
export interface RunDetails {
  readonly CommandId: string;
  readonly CommandName: string;
  readonly CommandDescription: string;
  readonly CommandType: string;
  readonly CreationTime: string;
  readonly Frequency: string;
  readonly RepeatMode: string;
  readonly Timeout: number;
  readonly WorkingDir: string;
  readonly Username: string;
  readonly Parameters: string;
  readonly Launcher: string;
  readonly TerminationMode: string;
}

/** A saved command, its content in Base64. */
export interface SavedCommand {
  CommandId: string;
  Name: string;
  Description: string;
  Type: string;
  CommandContent: string;
  WorkingDir: string;
  Timeout: number;
  CreationTime: string;
  Category: string;
  Provider: string;
  Launcher: string;
  ResourceGroupId: string;
  InvokeTimes: number;
  Version: number;
  Latest: boolean;
  EnableParameter: boolean;
  ParameterNames: { ParameterName: string[] };
}

/** What a region keeps for Cloud Assistant's commands. */
export interface CommandStore {
  readonly runs: RunBook<RunDetails>;
  readonly commands: RecordTable<SavedCommand>;
}
