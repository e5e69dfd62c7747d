import type { KindSearch } from '../../../core/kind';
import { addressVersion } from '../../../util/ipAddress';

const none: KindSearch = { calls: [], findsAll: true };

/** Names are compared as a whole by `DescribeManagedInstances`, so parts of names are not found this way. */
export function searchManagedInstances(text: string): KindSearch {
  if (/^mi-[a-z0-9-]{6,}$/i.test(text)) return { calls: [{ InstanceId: [text] }], findsAll: true };
  if (addressVersion(text) !== undefined) return { calls: [{ InstanceIp: text }], findsAll: true };
  if (isInstanceId(text) || isActivationId(text)) return none;
  return { calls: hasWildcard(text) ? [] : [{ InstanceName: text }], findsAll: false };
}

export function searchActivations(text: string): KindSearch {
  if (isActivationId(text)) return { calls: [{ ActivationId: text }], findsAll: true };
  // An activation has no address.
  if (addressVersion(text) !== undefined || isInstanceId(text) || /^mi-[a-z0-9-]{6,}$/i.test(text)) return none;
  return { calls: [], findsAll: false };
}

/** `*` is the only wildcard of `DescribeInstances`; only one kind of address can be asked for at a time. */
export function searchInstances(text: string): KindSearch {
  if (isInstanceId(text)) return { calls: [{ InstanceIds: JSON.stringify([text]) }], findsAll: true };
  if (isActivationId(text)) return none;
  switch (addressVersion(text)) {
    case 4: {
      const list = JSON.stringify([text]);
      const calls = [{ PrivateIpAddresses: list }, { PublicIpAddresses: list }, { EipAddresses: list }];
      return { calls, findsAll: true };
    }
    case 6:
      return { calls: [{ Ipv6Address: [text] }], findsAll: true };
    case undefined:
      if (text.includes('?')) return { calls: [], findsAll: false };
      return { calls: [{ InstanceName: text.includes('*') ? text : `*${text}*` }], findsAll: true };
  }
}

function isInstanceId(text: string): boolean {
  return /^i-[a-z0-9]{8,}$/i.test(text);
}

function isActivationId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
