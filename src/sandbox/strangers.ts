import type { IncomingMessage } from 'node:http';

/** The names by which this computer, and nobody else, calls the sandbox. */
const names = ['127.0.0.1', 'localhost', '[::1]'];

/** What a server at this port calls itself, as `Host` and as `Origin`. */
export interface OwnNames {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

export function ownNames(port: number): OwnNames {
  const hosts = names.map((name) => `${name}:${port}`);
  // A client leaves out the port that is the scheme's own.
  const all = port === 80 ? [...hosts, ...names] : hosts;
  return { hosts: new Set(all), origins: new Set(all.map((host) => `http://${host}`)) };
}

/**
 * Whether a page sent the request: one of another site, or one whose own name was made to lead here (DNS rebinding).
 * No SDK and no command line names an origin, or a host that it was not given.
 */
export function isFromElsewhere({ headers, url = '/' }: IncomingMessage, own: OwnNames): boolean {
  const { host = '', origin } = headers;
  if (!own.hosts.has(host.toLowerCase())) return true;
  if (origin !== undefined && !own.origins.has(origin.toLowerCase())) return true;
  // Browsers leave out the origin of a GET, and say this instead.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return !url.startsWith('/') && !isOwnAddress(url, own);
}

/** A request through a proxy may name the whole address. */
function isOwnAddress(url: string, own: OwnNames): boolean {
  return URL.canParse(url) && own.origins.has(new URL(url).origin);
}
