import type { HostSystem } from '../../core/commands';
import { placeKey, type Place } from '../../core/target';

/** A host that a script is to run on. */
export interface RunHost extends Place {
  readonly id: string;
  readonly name: string;
  readonly system: HostSystem;
  readonly hostnames?: readonly string[];
  readonly addresses?: readonly string[];
}

/** One call to a cloud: hosts of one account, region and system, no more than it takes at once. */
export interface RunCall {
  readonly place: Place;
  readonly system: HostSystem;
  readonly ids: readonly string[];
}

/** The hosts in as few calls as can be, in the order in which they were given. A host that is named twice is sent to once. */
export function callsFor(hosts: readonly RunHost[], perCall: (place: Place) => number): RunCall[] {
  const groups = new Map<string, { place: Place; system: HostSystem; ids: Set<string> }>();
  for (const { provider, accountId, region, id, system } of hosts) {
    const place = { provider, accountId, region };
    const key = `${placeKey(place)}/${system}`;
    const group = groups.get(key) ?? { place, system, ids: new Set<string>() };
    group.ids.add(id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ place, system, ids }) =>
    chunks([...ids], perCall(place)).map((some) => ({ place, system, ids: some })),
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
