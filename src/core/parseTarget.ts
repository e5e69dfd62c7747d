import type { ProviderId } from './account';
import type { KindId, Target } from './target';

const providers: readonly string[] = ['alibabaCloud', 'volcengine'] satisfies ProviderId[];
const kinds: readonly string[] = ['managedInstance', 'activation', 'instance'] satisfies KindId[];

/** The target that a `targetKey` names; undefined for any other text. */
export function parseTargetKey(key: string): Target | undefined {
  const parts = decode(key);
  if (parts?.length !== 5 || parts.includes('')) return undefined;
  const [provider = '', accountId = '', region = '', kind = '', id = ''] = parts;
  return isProvider(provider) && isKind(kind) ? { provider, accountId, region, kind, id } : undefined;
}

function decode(key: string): string[] | undefined {
  try {
    return key.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function isProvider(text: string): text is ProviderId {
  return providers.includes(text);
}

function isKind(text: string): text is KindId {
  return kinds.includes(text);
}
