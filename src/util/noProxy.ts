import { BlockList, isIP } from 'node:net';
import { bareHost } from './loopback';

/**
 * Whether a list such as `NO_PROXY` or `http.noProxy` names the host. Entries: `*`, `example.com` (with everything
 * below it), `.example.com` and `*.example.com` (the same), an address, a range such as `10.0.0.0/8`; each of them
 * with a port if only that port is meant. `host` is as in a URL: lower case, IPv6 in brackets.
 */
export function isListed(entries: readonly string[], host: string, port: number): boolean {
  const name = bareHost(host);
  return entries.some((entry) => matches(entry.trim().toLowerCase(), name, port));
}

/** The entries of a variable: separated by commas or white space. */
export function splitList(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}

function matches(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  if (entry === '') return false;
  const { pattern, only } = splitPort(entry);
  if (only !== undefined && only !== port) return false;
  if (pattern.includes('/')) return isWithin(pattern, name);
  const wanted = bareHost(pattern).replace(/^\*?\./, '');
  return name === wanted || (isIP(name) === 0 && wanted !== '' && name.endsWith(`.${wanted}`));
}

function splitPort(entry: string): { readonly pattern: string; readonly only: number | undefined } {
  if (isIP(entry) !== 0) return { pattern: entry, only: undefined };
  const found = /^(.+?):(\d{1,5})$/.exec(entry);
  return found === null ? { pattern: entry, only: undefined } : { pattern: found[1] ?? entry, only: Number(found[2]) };
}

function isWithin(range: string, name: string): boolean {
  const [address = '', bits = ''] = range.split('/');
  const family = isIP(address);
  const prefix = Number(bits);
  if (family === 0 || isIP(name) !== family || !/^\d{1,3}$/.test(bits) || prefix > (family === 4 ? 32 : 128))
    return false;
  const list = new BlockList();
  list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(name, family === 4 ? 'ipv4' : 'ipv6');
}
