import type { ProviderId } from './account';
import type { CloudProfiles } from './cloudProfiles';
import type { CommandSupport } from './commands';
import type { Kind } from './kind';
import type { ErrorTable, Operation } from './operation';
import type { Pager } from './pager';
import type { Wire } from './wire';

/** A region as the tree shows it. */
export interface Region {
  readonly id: string;
  /** In the user's language where the cloud or our table has it; the id otherwise. */
  readonly name: string;
}

/** How the regions of an account are read. */
export interface RegionSource {
  readonly operation: Operation;
  /** The region the call is made in; undefined where the operation has none. */
  readonly region: string | undefined;
  /** What is asked for beside the page. */
  readonly params: (language: string) => Record<string, unknown>;
  readonly pager: Pager;
  /** The regions of an answer; `droppedFrom` them are those without a readable id. */
  readonly rows: (value: unknown, language: string) => readonly Region[];
  /** The name of a region that no answer has; its id where no table has it either. */
  readonly nameOf: (id: string, language: string) => string;
}

/** How the owner of the keys is asked for. */
export interface IdentitySource {
  readonly operation: Operation;
  readonly region: string | undefined;
  readonly read: (value: unknown) => Identity;
}

/** Who the keys belong to. */
export interface Identity {
  readonly accountId: string;
  /** The caller's full name, for example `acs:ram::123:user/ops`. */
  readonly caller: string;
  /** The user or role of the account, where it is one: `ops`. */
  readonly user?: string | undefined;
}

/** One cloud, as a value: everything the client, the services and the tree need to know of it. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: () => string;
  readonly wire: Wire;
  /** Failures any operation may answer, by code; an operation's own table goes first. */
  readonly errors: ErrorTable;
  /** What to make of a code no table has; by pattern, never by message. */
  readonly classify: (code: string, status: number) => ErrorTable[string] | undefined;
  /** A policy statement, as JSON text, that grants the given permission. */
  readonly policyFor: (permission: string) => string;
  readonly kinds: readonly Kind[];
  readonly regions: RegionSource;
  /** Absent where the cloud has no such call we may rely on. */
  readonly identity?: IdentitySource;
  /** Where the cloud's own tools keep accounts; absent where it has none. */
  readonly profiles?: CloudProfiles;
  /** Running scripts on its hosts; absent where the cloud cannot. */
  readonly commands?: CommandSupport;
  /** Every operation we may call; the sandbox serves exactly these. */
  readonly operations: readonly Operation[];
  /** Scheme and host for calls of `operation` about `region`, inside the private network where `vpc` names a region of it. */
  readonly endpoint: (operation: Operation, region: string | undefined, vpc?: string) => string;
  /** Codes that say "this API is not offered in this region": a fact, not a failure. */
  readonly unsupportedRegionCodes: readonly string[];
}
