import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { bareHost, isLocalName } from '../util/loopback';

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Finds addresses for a connection, in the form that `net.connect` asks for. Names of this computer are never asked
 * for: a name server that answers them would get what was meant to stay here.
 */
export function lookupHost(host: string, options: LookupOptions, found: Found): void {
  if (!isLocalName(host)) return lookup(host, options, found);
  const wanted = loopback.filter(({ family }) => fits(family, options.family));
  const [first] = wanted;
  if (options.all === true || first === undefined) process.nextTick(found, null, wanted);
  else process.nextTick(found, null, first.address, first.family);
}

function fits(family: number, wanted: LookupOptions['family']): boolean {
  return wanted === undefined || wanted === 0 || wanted === family || wanted === `IPv${family}`;
}

/** The addresses of a host as a connection would find them. Rejects with the system's code when there are none. */
export function resolveHost(host: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    lookupHost(bareHost(host), { all: true }, (error, found) => {
      if (error !== null) reject(error);
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
    });
  });
}
