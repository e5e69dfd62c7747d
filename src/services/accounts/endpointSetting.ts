import * as l10n from '@vscode/l10n';
import { redact } from '../../core/redact';

/** An endpoint setting that can be used, or why not. */
export type EndpointSetting =
  | {
      readonly ok: true;
      readonly endpoint: string | undefined;
      /**
       * Set on the remote machine or in the container this runs in, where a `devcontainer.json` can set it: keys that
       * VS Code keeps on the person's own side were not meant for whatever stands there.
       */
      readonly elsewhere?: boolean;
    }
  | { readonly ok: false; readonly problem: string; readonly advice?: string };

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Reads an endpoint setting: empty leaves the vendor's address; `https:` to any host; `http:` to loopback only, so
 * that no key is ever sent in clear over a network. A path, a query or a user in it is refused.
 */
export function parseEndpoint(value: string | undefined): EndpointSetting {
  const text = value?.trim() ?? '';
  if (text === '') return { ok: true, endpoint: undefined };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return {
      ok: false,
      problem: l10n.t('The endpoint "{0}" is not an address like https://ecs.cn-hangzhou.aliyuncs.com.', redact(text)),
    };
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') {
    return { ok: false, problem: l10n.t('The endpoint "{0}" may only have a scheme, a host and a port.', url.origin) };
  }
  if (url.protocol === 'http:' && !loopbackHosts.has(url.hostname)) {
    return {
      ok: false,
      problem: l10n.t(
        'The endpoint "{0}" would send requests in clear text. Use https; http is for this computer only.',
        url.origin,
      ),
    };
  }
  return { ok: true, endpoint: url.origin };
}
