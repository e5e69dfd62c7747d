import type { ProviderId } from '../core/account';
import type { Incoming } from './incoming';

/** How a request is signed; the two styles of Alibaba Cloud also differ in where things stand. */
export type Style = 'V1' | 'V3' | 'volcengine';

/** A request understood far enough to be logged and routed; nothing in it is trusted yet. */
export interface Call {
  readonly incoming: Incoming;
  readonly style: Style;
  readonly provider: ProviderId;
  readonly action: string;
  readonly version: string;
  /** From the parameter or the credential scope, as the cloud has it; empty when there is none. */
  readonly region: string;
  /** The operation's own parameters, flat, without anything that belongs to the signature. */
  readonly params: Readonly<Record<string, string>>;
  readonly format: 'json' | 'xml';
}

const volcengineVersion = '2020-04-01';

/** Parameters that every Alibaba Cloud request may carry and that are not the operation's. */
const commonOfAlibaba = new Set([
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

const commonOfVolcengine = new Set(['Action', 'Version']);

/** Tells the clouds apart by how the request is signed, and reads what it is about. */
export function identify(incoming: Incoming): Call {
  const style = styleOf(incoming);
  const all = { ...incoming.query, ...incoming.form };
  return style === 'volcengine' ? volcengineCall(incoming, all) : alibabaCall(incoming, style, all);
}

function styleOf({ headers, query, form }: Incoming): Style {
  const authorization = headers['authorization'] ?? '';
  if (authorization.startsWith('ACS3-')) return 'V3';
  if (authorization.startsWith('HMAC-SHA256')) return 'volcengine';
  const all = { ...query, ...form };
  if ('Signature' in all || 'SignatureVersion' in all || 'AccessKeyId' in all) return 'V1';
  if ('x-date' in headers || all['Version'] === volcengineVersion) return 'volcengine';
  return 'x-acs-action' in headers ? 'V3' : 'V1';
}

function alibabaCall(incoming: Incoming, style: 'V1' | 'V3', all: Readonly<Record<string, string>>): Call {
  const { headers } = incoming;
  const header = (name: string): string | undefined => (style === 'V3' ? headers[name] : undefined);
  return {
    incoming,
    style,
    provider: 'alibabaCloud',
    action: header('x-acs-action') ?? all['Action'] ?? '',
    version: header('x-acs-version') ?? all['Version'] ?? '',
    region: all['RegionId'] ?? '',
    params: without(all, commonOfAlibaba),
    format: formatOf(style, all['Format'], headers['accept'] ?? ''),
  };
}

/** V1 answers XML unless JSON is asked for by parameter; V3 goes by `accept`. */
function formatOf(style: 'V1' | 'V3', wish: string | undefined, accept: string): 'json' | 'xml' {
  if (wish !== undefined) return wish.toUpperCase() === 'JSON' ? 'json' : 'xml';
  if (style === 'V1') return 'xml';
  return accept.includes('xml') && !accept.includes('json') ? 'xml' : 'json';
}

function volcengineCall(incoming: Incoming, all: Readonly<Record<string, string>>): Call {
  const scope = /Credential=[^/,\s]*\/\d*\/([^/,\s]*)\//.exec(incoming.headers['authorization'] ?? '');
  return {
    incoming,
    style: 'volcengine',
    provider: 'volcengine',
    action: all['Action'] ?? '',
    version: all['Version'] ?? '',
    region: scope?.[1] ?? '',
    params: without(all, commonOfVolcengine),
    format: 'json',
  };
}

function without(params: Readonly<Record<string, string>>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.has(name)));
}
