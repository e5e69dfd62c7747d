import type { ProviderId } from '../core/account';
import type { Provider } from '../core/provider';
import { alibabaCloud } from './alibaba/provider';
import { volcengine } from './volcengine/provider';

/** Every cloud we know, in the order they are offered. */
export const providers: readonly Provider[] = [alibabaCloud, volcengine];

/** The cloud with this id. Throws `RangeError` for an id that no cloud has. */
export function providerOf(id: ProviderId): Provider {
  const provider = providers.find((candidate) => candidate.id === id);
  if (provider === undefined) throw new RangeError(`No provider has the id "${id}".`);
  return provider;
}
