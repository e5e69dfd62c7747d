import { providerIds, type ProviderId } from '../../../src/core/account';
import { kindIds, type KindId } from '../../../src/core/target';

/**
 * The two names that a further cloud with a further kind adds to `core`, where they are lists that cannot be added to
 * from outside. Imported before anything that reads those lists.
 */
export const stratus = add('stratus', providerIds) as ProviderId;
export const bucket = add('bucket', kindIds) as KindId;

function add(name: string, names: readonly string[]): string {
  // Only the types forbid it.
  (names as string[]).push(name);
  return name;
}
