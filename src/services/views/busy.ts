import type { Target } from '../../core/target';
import type { Event } from '../../util/lifecycle';

/** Tells which targets a run is working on right now. */
export interface Busy {
  /** What is being done to it ("Releasing"); undefined where nothing is. */
  doing(target: Target): string | undefined;
  /** Names the targets that became busy or free. */
  readonly onDidChange: Event<readonly Target[]>;
}
