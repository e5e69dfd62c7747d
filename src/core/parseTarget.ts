import { providerIds } from './account';
import { kindIds, type Target } from './target';

/** The target that a `targetKey` names; undefined for any other text. */
export function parseTargetKey(key: string): Target | undefined {
  const parts = decode(key);
  if (parts?.length !== 5 || parts.includes('')) return undefined;
  const [, accountId = '', region = '', , id = ''] = parts;
  const provider = providerIds.find((known) => known === parts[0]);
  const kind = kindIds.find((known) => known === parts[3]);
  return provider && kind && { provider, accountId, region, kind, id };
}

function decode(key: string): string[] | undefined {
  try {
    return key.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
