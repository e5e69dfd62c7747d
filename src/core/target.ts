import type { ProviderId } from './account';

/** The kinds of resource the extension shows. The names appear in ids, menus and the journal. */
export const kindIds = ['managedInstance', 'activation', 'instance', 'command', 'publicCommand', 'run'] as const;
export type KindId = (typeof kindIds)[number];

/** One account and one region: where a list is read and where a call is sent. */
export interface Place {
  readonly provider: ProviderId;
  readonly accountId: string;
  readonly region: string;
}

/** What a destructive call is about. Nothing in it depends on a selection or a "current" account. */
export interface Target extends Place {
  readonly kind: KindId;
  readonly id: string;
}

export function placeOf({ provider, accountId, region }: Target): Place {
  return { provider, accountId, region };
}

/** The same text for the same target and no other; safe as a tree id. */
export function targetKey(target: Target): string {
  return [target.provider, target.accountId, target.region, target.kind, target.id].map(encodeURIComponent).join('/');
}

/** The same text for the same place and no other. */
export function placeKey(place: Place): string {
  return [place.provider, place.accountId, place.region].map(encodeURIComponent).join('/');
}
