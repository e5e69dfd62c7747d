import { lookup } from 'node:dns/promises';

/** The addresses of a host as the system finds them. Rejects with the system's code when there are none. */
export async function resolveHost(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, '$1'), { all: true });
  return found.map(({ address }) => address);
}
