import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Lower-case hex. For names that others have made with it, never to protect anything. */
export function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}

/** `sha256('')`: what signatures say of a request without a body. */
export const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The same of bytes. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Marks that tell one text from another without telling anything of it: nobody can compare them with guesses, for the
 * key is made here, kept nowhere, and gone with this function.
 */
export function sealer(): (text: string) => string {
  const key = randomBytes(32);
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex');
}
