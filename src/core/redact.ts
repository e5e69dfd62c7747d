import { redacted, withoutSecrets } from './knownSecrets';

export { redacted } from './knownSecrets';

const secretNames =
  'AccessKeySecret|SecretAccessKey|SecurityToken|SessionToken|ActivationCode|Password|WindowsPassword|StsToken|BearerToken|Signature|Authorization|Proxy-Authorization|x-acs-security-token|X-Security-Token|access_key_secret|secret_key|SecretKey|secret_access_key|security_token|session_token|OIDCToken|sts_token|access_token|refresh_token';

const secretName = new RegExp(`^(?:${secretNames})$`, 'i');
/** An answer that was cut off ends within the value. */
const jsonField = new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)+(?:"|\\\\?$)`, 'gi');
const jsonNumber = new RegExp(`("(?:${secretNames})"\\s*:\\s*)-?\\d[\\d.eE+-]*`, 'gi');
const jsonList = new RegExp(
  `("(?:${secretNames})"\\s*:\\s*\\[)(?:(?<=\\[)|\\s*,)\\s*(?:"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|-?\\d[\\d.eE+-]*)(?:\\s*,\\s*(?:"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|-?\\d[\\d.eE+-]*))*`,
  'gi',
);
/** The same where the JSON itself stands as text in JSON, its quotes escaped. */
const nestedField = new RegExp(
  `((?<!\\\\)(\\\\+")(?:${secretNames})\\2\\s*:\\s*\\2)(?:[^"\\\\]|(?!\\2)\\\\+"?)+`,
  'gi',
);
const xmlField = new RegExp(`(<(${secretNames})>)(?!<)[^<]+(?=</\\2>)`, 'gi');
/** To its end or that of the text: to look for a tag behind it would mean to look again from each beginning. */
const xmlData = new RegExp(`(<(?:${secretNames})><!\\[CDATA\\[)(?:(?!\\]\\]>)[^])+`, 'gi');
/** Where the whole text is XML that was cut off, within the value or within the tag that ends it. */
const xmlCut = new RegExp(`(<(?:${secretNames})>)(?!<)[^<]+(?=<[^>]*$|$)`, 'gi');
const isXml = /^\s*</;
/**
 * `name=value`, `name:value`, percent-encoded as in a string to sign (`%26SecurityToken%3D…%26`), or as a line of
 * headers inside JSON (`\nx-acs-security-token:…`). A value ends where the next pair, line or quote begins.
 */
const before = '(?:(?<![\\w-])|(?<=%(?:25)*26)|(?<=\\\\[nrt]))';
const value = '(?:\\\\(?:/|u[0-9a-f]{4})|(?!%(?:25)*26)[^&\\s,;"\'<>\\\\])+';
const pair = new RegExp(
  `(${before}(?:${secretNames})(?:[ \\t]*=[ \\t]*|%(?:25)*3D|:[ \\t]*)(?:(?:Basic|Bearer)\\s+)?)(?:'(?![,}\\]:\\s])[^'\\r\\n]+'?|"(?![,}\\]:\\s])[^"\\r\\n]+"?|${value})`,
  'gi',
);
const userInfo = /(:\/\/[^\s/:@"<>]*:)[^\s/@"<>]+(?=@)/g;

/**
 * Removes secrets from any text before it is logged, shown or stored: the given values themselves (six characters or
 * more, in any spelling), passwords in addresses, and everything that stands behind a name that marks a secret. The clouds echo what was signed in `SignatureDoesNotMatch`, so answers
 * pass through here too.
 */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  const without = withoutSecrets(text, secrets);
  const uncut = isXml.test(without) ? without.replace(xmlCut, `$1${redacted}`) : without;
  return uncut
    .replace(jsonField, `$1"${redacted}"`)
    .replace(jsonNumber, `$1"${redacted}"`)
    .replace(jsonList, `$1"${redacted}"`)
    .replace(nestedField, `$1${redacted}`)
    .replace(xmlField, `$1${redacted}`)
    .replace(xmlData, `$1${redacted}`)
    .replace(pair, `$1${redacted}`)
    .replace(userInfo, `$1${redacted}`);
}

/** A copy of plain data with every text redacted, and every field whose name marks a secret. */
export function redactData(data: unknown): unknown {
  if (typeof data === 'string') return redact(data);
  if (Array.isArray(data)) return data.map(redactData);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, inner]) => [
      name,
      secretName.test(name) ? withoutValue(inner) : redactData(inner),
    ]),
  );
}

/** Says that there was something, and nothing of it. */
function withoutValue(secret: unknown): unknown {
  if (Array.isArray(secret)) return secret.map(withoutValue);
  if (typeof secret === 'number') return redacted;
  return typeof secret === 'string' && secret !== '' ? redacted : redactData(secret);
}

/** An access key id that can be told from others but not used: its first four and last three characters. */
export function maskKeyId(accessKeyId: string): string {
  return accessKeyId.length <= 10 ? redacted : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-3)}`;
}
