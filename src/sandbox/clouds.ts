import type { ProviderId } from '../core/account';
import { alibabaCloud } from './alibaba/cloud';
import type { Call } from './call';
import type { SandboxCloud } from './cloud';
import { handlersOf } from './cloud';
import type { Handler } from './handler';
import type { Incoming } from './incoming';
import type { RegionsState } from './regions';
import { volcengine } from './volcengine/cloud';

/** The clouds of the sandbox. The only file outside their folders that knows which there are. */
const clouds = { alibabaCloud, volcengine } as const satisfies Readonly<Record<ProviderId, SandboxCloud>>;

/** In the order in which they are asked whether a request is theirs. */
export const allClouds: readonly [SandboxCloud, ...SandboxCloud[]] = [alibabaCloud, volcengine];

export function cloudOf(id: ProviderId): SandboxCloud {
  return clouds[id];
}

/** The cloud that a request is signed for. */
export function ownerOf(incoming: Incoming): SandboxCloud {
  return allClouds.find((cloud) => cloud.owns(incoming)) ?? allClouds[0];
}

/** One value for each cloud, by its id. */
export function perCloud<T>(make: (cloud: SandboxCloud) => T): Readonly<Record<ProviderId, T>> {
  // The ids are the keys of `clouds`, which has one for every provider.
  return Object.fromEntries(allClouds.map((cloud) => [cloud.provider.id, make(cloud)])) as Record<ProviderId, T>;
}

/** Everything in store as plain data, for tests to compare: by cloud, region and kind. */
export type SandboxRecords = {
  readonly [C in keyof typeof clouds]: RegionsState<ReturnType<(typeof clouds)[C]['buildFleet']>>;
};

const byName = new Map(
  allClouds.flatMap((cloud) => handlersOf(cloud).map((handler) => [keyOf(nameOf(handler)), handler] as const)),
);

/** The handler of a call; undefined when the action or its version is not served. */
export function handlerOf(call: Call): Handler | undefined {
  return byName.get(keyOf(call));
}

interface OperationName {
  readonly provider: string;
  readonly action: string;
  readonly version: string;
}

function nameOf({ operation }: Handler): OperationName {
  const { provider, version } = operation.product;
  return { provider, version, action: operation.action };
}

function keyOf({ provider, action, version }: OperationName): string {
  return `${provider} ${version} ${action}`;
}
