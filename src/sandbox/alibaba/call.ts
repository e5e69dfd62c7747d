import type { Call, Format } from '../call';
import { paramsWithout } from '../call';
import type { Incoming } from '../incoming';

/** The two signature styles also differ in where things stand. */
export type Style = 'V1' | 'V3';

/** Parameters that every request may carry and that are not the operation's. */
const commonParams = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
]);

/** Told by the header, or by the parameters where nothing is signed by header. */
export function owns({ headers, query, form }: Incoming): boolean {
  const authorization = headers['authorization'] ?? '';
  if (authorization !== '') return authorization.startsWith('ACS3-');
  return ['Signature', 'SignatureVersion', 'AccessKeyId'].some((name) => name in query || name in form);
}

export function readCall(incoming: Incoming): Call {
  const { headers, query, form } = incoming;
  const all: Readonly<Record<string, string>> = { ...query, ...form };
  const style = styleOf(incoming);
  const header = (name: string): string | undefined => (style === 'V3' ? headers[name] : undefined);
  return {
    incoming,
    style,
    provider: 'alibabaCloud',
    action: header('x-acs-action') ?? all['Action'] ?? '',
    version: header('x-acs-version') ?? all['Version'] ?? '',
    region: all['RegionId'] ?? '',
    params: paramsWithout(incoming, commonParams),
    format: formatOf(style, all['Format'], headers['accept'] ?? ''),
  };
}

function styleOf(incoming: Incoming): Style {
  const { headers } = incoming;
  if ((headers['authorization'] ?? '').startsWith('ACS3-')) return 'V3';
  return !owns(incoming) && 'x-acs-action' in headers ? 'V3' : 'V1';
}

/** V1 answers XML unless JSON is asked for by parameter; V3 goes by `accept`. */
function formatOf(style: Style, wish: string | undefined, accept: string): Format {
  if (wish !== undefined) return wish.toUpperCase() === 'JSON' ? 'json' : 'xml';
  if (style === 'V1') return 'xml';
  return accept.includes('xml') && !accept.includes('json') ? 'xml' : 'json';
}
