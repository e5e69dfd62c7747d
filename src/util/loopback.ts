import { isIP } from 'node:net';

/** Whether the host is this computer, written as in a URL. */
export function isLoopback(host: string): boolean {
  const name = bareHost(host);
  return isLocalName(name) || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** `localhost` and everything below it: names that mean this computer whatever a name server says (RFC 6761). */
export function isLocalName(host: string): boolean {
  const name = bareHost(host);
  return name === 'localhost' || name.endsWith('.localhost');
}

/** Lower case, without the brackets of IPv6 and the dot of a full name. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
