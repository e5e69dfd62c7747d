import type { ProviderId } from '../core/account';
import type { Fault } from './faults';
import { TokenBook } from './idempotency';
import { buildFleet, growRegion } from './fleet';
import type { IssuedKey } from './keys';
import type { LoggedRequest } from './requestLog';
import type { StoreChange, StoreState } from './store';
import { applyChange, snapshot } from './store';
import type { World } from './state';

/** What can be seen and done from behind the counter, by a test or by whoever started the sandbox. */
export interface Desk {
  /** All requests so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** A copy of everything in store. */
  state(): StoreState;
  /** The faults switched on, and how often each was met. */
  faults(): readonly (Fault & { readonly hits: number })[];
  /** Replaces the faults; none ends them. */
  setFaults(faults: readonly Fault[]): void;
  /** Edits or takes away a record without a call; false when there is none. */
  change(change: StoreChange): boolean;
  /** Registers `count` more hosts in a region of Alibaba Cloud; false when there is no such region. */
  grow(region: string, count: number): boolean;
  /** A temporary key with its token, good for `ms` milliseconds. */
  issueToken(provider: ProviderId, ms: number): IssuedKey & { readonly securityToken: string };
  /** The fleet as at the start; requests, faults and client tokens are forgotten, keys stay good. */
  reset(): void;
}

export function createDesk(world: World): Desk {
  return {
    requests: () => world.log.list(),
    state: () => snapshot(world.store),
    faults: () => world.faults.list(),
    setFaults: (faults) => world.faults.set(faults),
    change: (change) => applyChange(world.store, change),
    grow: (region, count) => grow(world, region, count),
    issueToken: (provider, ms) => world.keys.issueTemporary(provider, world.clock.now().getTime() + ms),
    reset: () => reset(world),
  };
}

function grow(world: World, id: string, count: number): boolean {
  const region = world.store.alibabaCloud.get(id);
  if (region !== undefined) growRegion(region, count, world.fleet());
  return region !== undefined;
}

function reset(world: World): void {
  world.store = buildFleet(world.fleet());
  world.tokens = new TokenBook();
  world.faults.set([]);
  world.log.clear();
}
