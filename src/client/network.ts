import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { NetworkSettings } from '../core/networkSettings';
import { isLoopback } from '../util/loopback';
import { isListed, splitList } from '../util/noProxy';

/** A proxy that can be spoken to. */
export interface Proxy {
  /** Scheme, host and port, without a user: fit to be shown. */
  readonly address: string;
  /** Whether a user is sent along. */
  readonly authenticates: boolean;
  /** The `Proxy-Authorization` header. Secret. */
  readonly authorization: string | undefined;
}

/** Where a request goes first. */
export type Route = { readonly type: 'direct' } | { readonly type: 'proxy'; readonly proxy: Proxy };

const direct: Route = { type: 'direct' };

/** Both clouds' instance metadata: plain HTTP, answered by the machine's own host, never through a proxy. */
const metadataHosts: ReadonlySet<string> = new Set(['100.100.100.200', '100.96.0.96']);

/**
 * Which way a request takes. This computer and the instance metadata are reached directly; `<-loopback>` in a list of
 * exceptions sends requests to this computer through the proxy, too. Throws `CloudError` (`invalid`, `notSent`) for
 * plain HTTP to any other machine, and for a proxy address that cannot be used: going around a proxy is not ours to decide.
 */
export function routeOf(settings: NetworkSettings, url: URL): Route {
  const local = isLoopback(url.hostname);
  const metadata = metadataHosts.has(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (local || metadata))) throw plainHttp(url);
  if (metadata || settings.proxySupport === 'off') return direct;
  const exceptions = [...settings.noProxy, ...splitList(settings.environment.noProxy)];
  if (local && !exceptions.includes('<-loopback>')) return direct;
  if (isListed(exceptions, url.hostname, Number(url.port || (url.protocol === 'https:' ? 443 : 80)))) return direct;
  const address = addressFor(settings, url);
  return address === undefined ? direct : { type: 'proxy', proxy: parseProxy(address, settings.proxyAuthorization) };
}

function addressFor(settings: NetworkSettings, url: URL): string | undefined {
  const { httpsProxy, httpProxy, allProxy } = settings.environment;
  const configured = settings.proxy?.trim();
  if (configured !== undefined && configured !== '') return configured;
  // Like VS Code, HTTPS falls back to the variable for HTTP.
  return url.protocol === 'https:' ? (httpsProxy ?? httpProxy ?? allProxy) : (httpProxy ?? allProxy);
}

function parseProxy(text: string, authorization: string | undefined): Proxy {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || url.hostname === '') throw unusable(l10n.t('The address of the proxy cannot be read.'));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw unusable(l10n.t('Proxies of the type "{0}" are not supported.', url.protocol.replace(':', '')));
  }
  const credentials = url.username === '' ? undefined : basic(url);
  const header = authorization?.trim() || credentials;
  return { address: `${url.protocol}//${url.host}`, authenticates: header !== undefined, authorization: header };
}

function basic(url: URL): string {
  return `Basic ${Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`, 'utf8').toString('base64')}`;
}

/** A password with a bare percent sign is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function plainHttp(url: URL): CloudError {
  const message = l10n.t('"{0}" was not called: it would have sent the request in clear text.', url.host);
  const advice = l10n.t('Use an address with https. Plain http is for this computer only.');
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent', code: 'PLAIN_HTTP', advice });
}

function unusable(message: string): CloudError {
  const advice = l10n.t(
    'Correct http.proxy in the settings or the proxy variables of the environment: http://host:port or https://host:port.',
  );
  return new CloudError(message, { reason: 'network', delivery: 'notSent', code: 'PROXY_ADDRESS', advice });
}
