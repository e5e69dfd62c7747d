import * as z from 'zod/mini';
import { keysOf, lacks } from '../../../core/credentialSource';
import { parseJsonObject, type ParsedFile } from '../../../core/profileFile';
import { text } from '../../../core/tolerant';

/** Reads `~/.volc/config`: one pair of keys, without a name. */
export function parseSdkConfig(content: string): ParsedFile | undefined {
  const file = z.object({ VOLC_ACCESSKEY: text, VOLC_SECRETKEY: text }).safeParse(parseJsonObject(content)).data;
  if (file === undefined) return undefined;
  const keys = keysOf(file.VOLC_ACCESSKEY, file.VOLC_SECRETKEY);
  return {
    profiles: [
      {
        name: 'default',
        keys: keys === undefined ? lacks('VOLC_ACCESSKEY', 'VOLC_SECRETKEY') : { type: 'keys', keys },
      },
    ],
    problems: [],
  };
}
