import * as l10n from '@vscode/l10n';
import type { Connection } from '../../client/connectionPools';
import type { Proxy } from '../../client/proxyAddress';
import type { Inspector, Transport } from '../../client/transport';
import { CloudError } from '../../core/cloudError';
import type { Clock } from '../../util/clock';
import { causeOf } from '../views/errorCause';
import type { Finding } from './finding';

export interface NetworkChecksOptions {
  readonly transport: Transport & Inspector;
  /** The addresses of a host. */
  readonly resolveHost: (host: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Both clouds refuse calls whose time differs by 15 minutes; half of that is worth a warning. */
const skewRefusedMs = 15 * 60_000;
const skewWarningMs = skewRefusedMs / 2;

/** Looks at the way to one address: who resolves its name, what stands between, who it says it is, what time it has. */
export async function checkAddress(
  address: string,
  options: NetworkChecksOptions,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { host, hostname, protocol } = new URL(address);
  const connection = await options.transport.inspect(address).catch((error: unknown) => asFailure(error));
  if (connection instanceof CloudError) return unreached(address, connection, options);
  const direct = connection.route.type === 'direct';
  return [
    direct ? await checkName(hostname, options) : behindProxy(hostname),
    routeFinding(host, connection),
    ...(protocol === 'https:' ? certificateFindings(host, connection) : [plainFinding(host)]),
    await checkClock(address, options, signal),
  ];
}

/** Why there is no connection; behind a proxy our own look at the name would say nothing. */
async function unreached(address: string, error: CloudError, options: NetworkChecksOptions): Promise<Finding[]> {
  const { host, hostname } = new URL(address);
  const route = await routeTo(address, options);
  if (route?.type === 'direct') {
    const name = await checkName(hostname, options);
    return [name.state === 'bad' ? name : failed('network', host, error)];
  }
  const way = route === undefined || error.proxy !== undefined ? [] : [proxyFinding(host, route.proxy)];
  return [...way, failed('network', host, error)];
}

/** Undefined where there is none: the failure that is told says it already. */
function routeTo(address: string, { transport }: NetworkChecksOptions): Promise<Connection['route'] | undefined> {
  return transport.route(address).catch(() => undefined);
}

/** A failure by its cause, in the cloud's or the transport's words. */
export function failed(area: Finding['area'], about: string, error: CloudError): Finding {
  const { message, advice, proxy, code = '' } = error;
  const said = causeOf(error);
  const text = said === message ? message : l10n.t('{0} ({1})', said, message);
  const cause = proxy === undefined ? (unresolved.has(code) ? nameService : undefined) : `proxy ${proxy}`;
  return { area, about, state: 'bad', text, advice, cause };
}

/** Codes of a name that nobody resolves; where none is resolved, that is one problem. */
const unresolved: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const nameService = 'names';

export function asFailure(error: unknown): CloudError {
  if (CloudError.is(error)) return error;
  // What other code throws may quote anything; its name is enough to tell failures apart.
  const name = error instanceof Error ? error.name : typeof error;
  return new CloudError(l10n.t('It failed unexpectedly ({0}).', name), {
    reason: 'invalid',
    delivery: 'notSent',
  });
}

async function checkName(host: string, { resolveHost }: NetworkChecksOptions): Promise<Finding> {
  try {
    const addresses = await resolveHost(host);
    return {
      area: 'network',
      about: host,
      state: 'good',
      text: l10n.t('The name resolves to {0}.', addresses.slice(0, 4).join(', ')),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
    const text = l10n.t('Cannot resolve {0} ({1}).', host, code);
    return {
      area: 'network',
      about: host,
      state: 'bad',
      text,
      advice: l10n.t('Check the network connection, the proxy settings and the endpoint settings of this extension.'),
      cause: nameService,
    };
  }
}

function behindProxy(host: string): Finding {
  return { area: 'network', about: host, state: 'good', text: l10n.t('The proxy resolves the name.') };
}

function routeFinding(about: string, { route }: Connection): Finding {
  if (route.type === 'direct')
    return { area: 'network', about, state: 'good', text: l10n.t('Reached directly, without a proxy.') };
  return proxyFinding(about, route.proxy);
}

/** Which proxy is in use, without its user and password. */
function proxyFinding(about: string, { address, authenticates }: Proxy): Finding {
  const text = authenticates
    ? l10n.t('Reached through the proxy {0}, with a user.', address)
    : l10n.t('Reached through the proxy {0}, without a user.', address);
  return { area: 'network', about, state: 'good', text };
}

function certificateFindings(about: string, { peer, trust }: Connection): Finding[] {
  if (peer === undefined) return [];
  const { issuer, subject, validUntil, protocol, refusal, strict } = peer;
  const told = l10n.t('{0}: certificate for "{1}" by "{2}", valid until {3}.', protocol, subject, issuer, validUntil);
  const own: Finding[] =
    trust.unusable === undefined
      ? []
      : [
          {
            area: 'network',
            about: 'NODE_EXTRA_CA_CERTS',
            state: 'warning',
            text: l10n.t('The file "{0}" cannot be read or holds no certificate.', trust.unusable),
          },
        ];
  if (refusal === undefined) return [{ area: 'network', about, state: 'good', text: told }, ...own];
  const advice = l10n.t(
    'If your network inspects TLS, add its certificate authority to the system or to NODE_EXTRA_CA_CERTS.',
  );
  if (strict)
    return [
      { area: 'network', about, state: 'bad', text: `${told} ${l10n.t('It is not accepted ({0}).', refusal)}`, advice },
      ...own,
    ];
  const ignored = l10n.t(
    'It would not be accepted ({0}), but http.proxyStrictSSL is off: anybody on the way can read and change everything.',
    refusal,
  );
  return [{ area: 'network', about, state: 'warning', text: `${told} ${ignored}`, advice }, ...own];
}

function plainFinding(about: string): Finding {
  return { area: 'network', about, state: 'good', text: l10n.t('Plain HTTP, on this computer only.') };
}

/** Any answer has the time; nothing is signed and nothing is asked for. */
async function checkClock(address: string, options: NetworkChecksOptions, signal: AbortSignal): Promise<Finding> {
  const { transport, clock, timeoutMs } = options;
  const area = 'clock';
  const about = new URL(address).host;
  try {
    const before = clock.now().getTime();
    const { headers } = await transport.send(
      { method: 'GET', url: `${address}/`, headers: { accept: 'application/json' } },
      { signal, timeoutMs },
    );
    const now = (before + clock.now().getTime()) / 2;
    const theirs = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(theirs)) return { area, about, state: 'open', text: l10n.t('The answer has no time.') };
    return clockFinding(about, now - theirs);
  } catch (error) {
    return failed(area, about, asFailure(error));
  }
}

function clockFinding(about: string, aheadMs: number): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const state = Math.abs(aheadMs) >= skewRefusedMs ? 'bad' : Math.abs(aheadMs) >= skewWarningMs ? 'warning' : 'good';
  const text =
    aheadMs >= 0
      ? l10n.t("This computer's clock is {0} seconds ahead.", seconds)
      : l10n.t("This computer's clock is {0} seconds behind.", seconds);
  const advice = state === 'good' ? undefined : l10n.t('Set the clock: calls that are 15 minutes off are refused.');
  return { area: 'clock', about, state, text, advice };
}
