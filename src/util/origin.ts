/** Scheme, host and port of an address, in the one spelling that URLs have. */
export interface Origin {
  readonly origin: string;
  /** With the port, where it is not the scheme's own. */
  readonly host: string;
}

/** An extension talks to some dozens of endpoints, each of them thousands of times. */
const known = new Map<string, Origin>();
const most = 500;

/** Throws `TypeError` when the address is no URL. */
export function originOf(address: string): Origin {
  let found = known.get(address);
  if (found === undefined) {
    const { origin, host } = new URL(address);
    if (known.size >= most) known.clear();
    known.set(address, (found = { origin, host }));
  }
  return found;
}
