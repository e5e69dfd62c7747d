import type { Account, ProviderId } from '../../core/account';
import type { Kind } from '../../core/kind';
import type { Provider } from '../../core/provider';
import type { KindId } from '../../core/target';
import type { Event } from '../../util/lifecycle';

/** The accounts the user has, of all sources. None of them is "current". */
export interface Accounts {
  list(): readonly Account[];
  get(id: string): Account | undefined;
  readonly onDidChange: Event<void>;
}

/** What can be looked at anew where it comes from, whether or not a change was told. Never rejects. */
export interface Refreshable {
  refresh(): Promise<void>;
}

/** The clouds, passed in as values. */
export interface Clouds {
  readonly all: readonly Provider[];
  provider(id: ProviderId): Provider;
  /** Undefined where a cloud has no such kind. */
  kind(id: ProviderId, kind: KindId): Kind | undefined;
}

/** Small values kept across sessions. Never secrets. */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
  /** The key whose value another window set, where that can be told. */
  readonly onDidChange?: Event<string>;
}

/** Something in a source that cannot be used, said plainly. Never holds file content. */
export interface AccountProblem {
  /** The file or variable, for example `~/.aliyun/config.json`. */
  readonly where: string;
  readonly message: string;
  /** What it is about, where that is not that accounts are not shown. */
  readonly title?: string;
}
