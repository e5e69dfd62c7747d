import type { Call } from '../call';
import { paramsWithout } from '../call';
import type { Incoming } from '../incoming';

const version = '2020-04-01';
const commonParams = new Set(['Action', 'Version']);

/** Told by the header; unsigned requests by what only this cloud's callers send. */
export function owns({ headers, query, form }: Incoming): boolean {
  if ((headers['authorization'] ?? '').startsWith('HMAC-SHA256')) return true;
  return 'x-date' in headers || { ...query, ...form }['Version'] === version;
}

export function readCall(incoming: Incoming): Call {
  const all: Readonly<Record<string, string>> = { ...incoming.query, ...incoming.form };
  const scope = /Credential=[^/,\s=]*\/\d*\/([^/,\s]*)\//.exec(incoming.headers['authorization'] ?? '');
  return {
    incoming,
    style: 'volcengine',
    provider: 'volcengine',
    action: all['Action'] ?? '',
    version: all['Version'] ?? '',
    region: scope?.[1] ?? '',
    params: paramsWithout(incoming, commonParams),
    format: 'json',
  };
}
