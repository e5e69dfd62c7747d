import type { ProviderId } from '../core/account';
import type { SandboxRecords } from './clouds';
import { allClouds, cloudOf, perCloud } from './clouds';
import type { Fault } from './faults';
import type { HostBehaviour, ReceivedRun } from './hostBehaviour';
import { TokenBook } from './idempotency';
import type { IssuedKey } from './keys';
import type { RecordChange } from './regions';
import { applyChange, finishAll, snapshot } from './regions';
import type { LoggedRequest } from './requestLog';
import type { SandboxState } from './state';
import { buildRegions } from './state';

/** A change made behind the user's back, and in which cloud. */
export interface StateChange extends RecordChange {
  readonly provider: ProviderId;
}

/** How a host behaves from now on, and which one. */
export interface HostOrder {
  readonly provider: ProviderId;
  readonly region: string;
  readonly id: string;
  readonly behaviour: HostBehaviour;
}

/** What can be seen and done besides calling it, by a test or by whoever started the sandbox. */
export interface Controls {
  /** All requests so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** A copy of everything in store. */
  state(): SandboxRecords;
  /** The faults switched on, and how often each was met. */
  faults(): readonly (Fault & { readonly hits: number })[];
  /** Replaces the faults; none ends them. */
  setFaults(faults: readonly Fault[]): void;
  /** Edits or takes away a record without a call; false when there is none. */
  change(change: StateChange): boolean;
  /** From now on a record stays in each state it only passes through for `ms` milliseconds. */
  setTransitionMs(ms: number): void;
  /** Ends every change of state that is under way. */
  finishTransitions(): void;
  /** Sets how a host behaves that is sent a command; false where there is no such region. */
  setHost(order: HostOrder): boolean;
  /** The commands that were sent to hosts of a cloud, oldest first in each region. */
  runs(provider: ProviderId): readonly ReceivedRun[];
  /** Registers `count` more hosts in a region; false when no cloud registers hosts there. */
  grow(region: string, count: number): boolean;
  /** A temporary key with its token, good for `ms` milliseconds. */
  issueToken(provider: ProviderId, ms: number): IssuedKey & { readonly securityToken: string };
  /** The fleet as at the start; requests, faults and client tokens are forgotten, keys stay good. */
  reset(): void;
}

export function createControls(state: SandboxState): Controls {
  return {
    requests: () => state.log.list(),
    state: () => recordsOf(state),
    faults: () => state.faults.list(),
    setFaults: (faults) => state.faults.set(faults),
    change: ({ provider, ...change }) => applyChange(state.regions[provider], change),
    setTransitionMs: (ms) => void (state.transitionMs = ms),
    finishTransitions: () => Object.values(state.regions).forEach(finishAll),
    setHost: ({ provider, region, id, behaviour }) =>
      state.regions[provider].get(region)?.behaviours.set(id, behaviour) !== undefined,
    runs: (provider) => [...state.regions[provider].values()].flatMap(({ runs }) => runs.received()),
    grow: (region, count) => grow(state, region, count),
    issueToken: (provider, ms) => state.keys.issueTemporary(cloudOf(provider), state.clock.now().getTime() + ms),
    reset: () => reset(state),
  };
}

export function recordsOf({ regions }: Pick<SandboxState, 'regions'>): SandboxRecords {
  // Each cloud's regions hold the records its own `buildFleet` says.
  return perCloud(({ provider }) => snapshot(regions[provider.id])) as SandboxRecords;
}

function grow(state: SandboxState, id: string, count: number): boolean {
  for (const cloud of allClouds) {
    const region = state.regions[cloud.provider.id].get(id);
    if (region === undefined || cloud.grow === undefined) continue;
    cloud.grow(region, count, state.fleet);
    return true;
  }
  return false;
}

function reset(state: SandboxState): void {
  state.regions = buildRegions(state.fleet);
  state.tokens = new TokenBook();
  state.faults.set([]);
  state.log.clear();
}
