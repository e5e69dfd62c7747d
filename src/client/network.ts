import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { NetworkSettings } from '../core/networkSettings';
import { isLoopback } from '../util/loopback';
import { isListed, splitList } from '../util/noProxy';
import { parseProxy, type Proxy, type ProxySource } from './proxyAddress';

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
  const source = proxyFor(settings, url);
  return source === undefined ? direct : { type: 'proxy', proxy: parseProxy(source, settings.proxyAuthorization) };
}

function proxyFor(settings: NetworkSettings, url: URL): ProxySource | undefined {
  const { httpsProxy, httpProxy, allProxy } = settings.environment;
  const https: ProxySource = { name: 'HTTPS_PROXY', text: httpsProxy ?? '' };
  const http: ProxySource = { name: 'HTTP_PROXY', text: httpProxy ?? '' };
  const all: ProxySource = { name: 'ALL_PROXY', text: allProxy ?? '' };
  const configured: ProxySource = { name: 'http.proxy', text: settings.proxy?.trim() ?? '' };
  // Like VS Code, HTTPS falls back to the variable for HTTP.
  const order = url.protocol === 'https:' ? [configured, https, http, all] : [configured, http, all];
  return order.find(({ text }) => text !== '');
}

function plainHttp(url: URL): CloudError {
  const message = l10n.t('"{0}" was not called: it would have sent the request in clear text.', url.host);
  const advice = l10n.t('Use an address with https. Plain http is for this computer only.');
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent', code: 'PLAIN_HTTP', advice });
}
