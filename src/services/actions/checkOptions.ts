import type { CloudClient } from '../../client/cloudClient';
import type { Clock } from '../../util/clock';
import type { Clouds } from '../accounts/ports';
import type { Inventory } from '../inventory/inventory';
import type { Journal } from '../journal/journal';
import type { AccountGuard } from './accountGuard';

/** What checking a run needs: only reads and the journal. */
export interface CheckOptions {
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly clouds: Clouds;
  readonly client: CloudClient;
  readonly clock: Clock;
  readonly newGuard: () => AccountGuard;
}
