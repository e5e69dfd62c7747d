import type { Target } from '../../core/target';
import type { Event } from '../../util/lifecycle';

/** Tells which of the clouds' runs the journal knows. */
export interface OwnRunBook {
  /** The run of ours that started a record; undefined for one of somebody else, and while the journal is not read. */
  of(target: Target): string | undefined;
  /** Names the records of which that is news. */
  readonly onDidChange: Event<readonly Target[]>;
}
