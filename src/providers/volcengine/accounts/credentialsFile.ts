import { keysOf, lacks, type KeySource } from '../../../core/credentialSource';
import type { ParsedFile } from '../../../core/profileFile';
import { parseSections, type Section } from '../../credentialsFile';

/** Reads `~/.volcengine/credentials`, which the vendor's Go library knows. */
export function parseCredentials(content: string): ParsedFile | undefined {
  return parseSections(content, keysIn);
}

function keysIn(section: Section): KeySource {
  const read = (name: string): string | undefined => section.get(name);
  const keys = keysOf(
    read('volcengine_access_key_id'),
    read('volcengine_secret_access_key'),
    read('volcengine_session_token'),
  );
  return keys === undefined
    ? lacks('volcengine_access_key_id', 'volcengine_secret_access_key')
    : { type: 'keys', keys };
}
