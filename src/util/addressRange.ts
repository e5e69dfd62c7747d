import { BlockList, isIP } from 'node:net';
import { addressVersion } from './ipAddress';
import { wildcardPattern } from './wildcard';

/**
 * A test for addresses: one address (`10.0.0.7`), a block (`10.0.0.0/8`), or one with `*` for anything (`10.0.*`).
 * Undefined for any other text.
 */
export function addressTest(pattern: string): ((address: string) => boolean) | undefined {
  const wanted = pattern.trim().toLowerCase();
  const [network = '', bits, ...rest] = wanted.split('/');
  if (rest.length > 0) return undefined;
  if (bits !== undefined) return blockTest(network, bits);
  if (isIP(wanted) !== 0) return blockTest(wanted, isIP(wanted) === 4 ? '32' : '128');
  if (!wanted.includes('*') || !/^[0-9a-f.:*]+$/.test(wanted) || !/[.:]/.test(wanted)) return undefined;
  const expression = wildcardPattern(wanted, { flags: 'i' });
  return (address) => addressVersion(address) !== undefined && expression.test(address);
}

function blockTest(network: string, bits: string): ((address: string) => boolean) | undefined {
  const version = addressVersion(network);
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  if (version === undefined || !(prefix <= (version === 4 ? 32 : 128))) return undefined;
  const block = new BlockList();
  block.addSubnet(network, prefix, version === 4 ? 'ipv4' : 'ipv6');
  return (address) => {
    const of = addressVersion(address);
    return of !== undefined && block.check(address, of === 4 ? 'ipv4' : 'ipv6');
  };
}
