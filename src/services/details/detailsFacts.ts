import type { Account } from '../../core/account';
import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Target } from '../../core/target';

/** What is known of the resource a details view is about. */
export interface DetailsFacts {
  readonly target: Target;
  /** Undefined when the account is not here (any more). */
  readonly account: Account | undefined;
  readonly kind: Kind;
  readonly regionName: string;
  /** The record as it was last read, also when the resource is gone by now. */
  readonly item: Item | undefined;
  readonly readAt: Date | undefined;
  /** The cloud does not have it any more. */
  readonly gone: boolean;
  readonly reading: boolean;
  readonly error: CloudError | undefined;
  /** What a run is doing to it, in words. */
  readonly busy: string | undefined;
  readonly now: Date;
}
