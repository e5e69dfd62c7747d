/** What stands where a secret stood. */
export const redacted = '***';

const secretNames =
  'AccessKeySecret|SecretAccessKey|SecurityToken|SessionToken|ActivationCode|Password|WindowsPassword|StsToken|BearerToken|Signature|Authorization|x-acs-security-token|X-Security-Token|access_key_secret|secret_key|sts_token|access_token|refresh_token';

const jsonField = new RegExp(`("(?:${secretNames})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const xmlField = new RegExp(`(<(${secretNames})>)[^<]*(</\\2>)`, 'gi');
const pair = new RegExp(`((?:^|[?&\\s;,{])(?:${secretNames})(?:=|%3D|%253D|:\\s*))[^&\\s,;"'<>]+`, 'gi');

/**
 * Removes secrets from any text before it is logged, shown or stored: the given values themselves (also
 * percent-encoded and escaped as JSON), and everything that stands behind a name that marks a secret.
 * The clouds echo what was signed in `SignatureDoesNotMatch`, so answers pass through here too.
 */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let result = text;
  for (const secret of secrets) {
    if (secret === undefined || secret.length < 6) continue;
    for (const form of formsOf(secret)) result = result.split(form).join(redacted);
  }
  return result
    .replace(jsonField, `$1"${redacted}"`)
    .replace(xmlField, `$1${redacted}$3`)
    .replace(pair, `$1${redacted}`);
}

function formsOf(secret: string): Set<string> {
  const once = encodeURIComponent(secret);
  return new Set([secret, JSON.stringify(secret).slice(1, -1), once, encodeURIComponent(once)]);
}

/** An access key id that can be told from others but not used: its first four and last three characters. */
export function maskKeyId(accessKeyId: string): string {
  return accessKeyId.length <= 10 ? redacted : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-3)}`;
}
