import type { AccountInfo } from './account';
import type { CloudError } from './cloudError';
import type { Operation } from './operation';

/** A call that is about to be made once more. */
export interface Repeat {
  readonly account: AccountInfo;
  readonly region: string | undefined;
  readonly operation: Operation;
  /** The ids it is about, where it names some. */
  readonly ids?: readonly string[] | undefined;
  /** Why, without secrets. */
  readonly error: CloudError;
  /** The attempt that comes, and how many there are at most. */
  readonly attempt: number;
  readonly of: number;
}
