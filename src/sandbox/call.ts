import type { ProviderId } from '../core/account';
import type { Incoming } from './incoming';

/** A request understood far enough to be logged and routed; nothing in it is trusted yet. */
export interface Call {
  readonly incoming: Incoming;
  /** How it is signed; a cloud may have several ways. */
  readonly style: string;
  readonly provider: ProviderId;
  readonly action: string;
  readonly version: string;
  /** From the parameter or the credential scope, as the cloud has it; empty when there is none. */
  readonly region: string;
  /** The operation's own parameters, flat, without anything that belongs to the signature. */
  readonly params: Readonly<Record<string, string>>;
  readonly format: Format;
}

export type Format = 'json' | 'xml';

/** The parameters of a request, wherever they stand, without those that are not the operation's. */
export function paramsWithout({ query, form }: Incoming, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...query, ...form }).filter(([name]) => !names.has(name)));
}
