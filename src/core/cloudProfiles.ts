import type { KeySource } from './credentialSource';
import type { ProfileFile } from './profileFile';
import type { RoleService, TemporaryCredentials } from './roles';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the vendors' tools keep their files. */
export interface HomePlace {
  readonly env: Environment;
  /** The user's folder as the system has it. */
  readonly home: string;
  readonly windows: boolean;
}

/** Variables that hold keys together. */
export interface KeyVariables {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
}

/** Keys that variables describe without holding them. */
export interface EnvProfile {
  /** Part of the account's id: never change it. */
  readonly kind: 'oidc' | 'uri' | 'instanceRole';
  /** What the variables describe, in the user's language. */
  readonly source: () => string;
  readonly keys: KeySource;
}

/** How the service that answers only on the cloud's own machines is spoken to. */
export interface MetadataService {
  /** Plain HTTP by the vendor's design: it never leaves the machine's host. */
  readonly base: string;
  readonly tokenTtlHeader: string;
  readonly tokenHeader: string;
  /** The role of the machine, as text or as a JSON list. */
  readonly rolesPath: string;
  readonly keysPath: (role: string) => string;
  readonly read: (body: unknown) => TemporaryCredentials | undefined;
  /** The variable that switches it off. */
  readonly offVariable: string;
  /** The variable that forbids to ask without a token; absent where every machine wants one. */
  readonly tokenOnlyVariable?: string;
}

/** Where the tools and libraries of a cloud keep accounts, and how they come to their keys. */
export interface CloudProfiles {
  /** Newest first; the first pair that is complete counts. */
  readonly keyVariables: readonly KeyVariables[];
  /** The variables that name a region, in the vendor's own order. */
  readonly regionVariables: readonly string[];
  /** What variables describe without holding keys. Nothing is tried on the chance that it is there. */
  readonly described: (env: Environment) => readonly EnvProfile[];
  /** The files, in the vendor's own order. */
  readonly files: (place: HomePlace, now: () => Date) => readonly ProfileFile[];
  readonly metadata: MetadataService;
  readonly roles: RoleService;
  /** The variable that switches programs and addresses that give keys off; absent where the vendor has none. */
  readonly externalOffVariable?: string;
}
