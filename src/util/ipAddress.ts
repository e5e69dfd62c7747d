import { isIP } from 'node:net';

/** Whether the text is a whole address: 4 or 6 for its version, undefined for anything else. */
export function addressVersion(text: string): 4 | 6 | undefined {
  const version = isIP(text);
  return version === 4 || version === 6 ? version : undefined;
}
