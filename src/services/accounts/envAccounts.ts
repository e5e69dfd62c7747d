import * as l10n from '@vscode/l10n';
import { markOf, type Account, type Credentials, type ProviderId } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import { usable } from '../../core/keyRules';
import { isRegionId } from '../../core/regionNames';
import { Emitter } from '../../util/lifecycle';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variables {
  readonly provider: ProviderId;
  /** Alternatives, newest first; the first pair that is complete counts. */
  readonly pairs: readonly { readonly id: string; readonly secret: string; readonly token?: string }[];
}

/** The variables that name a region, in the vendors' own order. */
const regionVariables: Readonly<Record<ProviderId, readonly string[]>> = {
  alibabaCloud: [
    'ALIBABA_CLOUD_REGION_ID',
    'ALIBABA_CLOUD_REGION',
    'ALIBABACLOUD_REGION_ID',
    'ALIBABACLOUD_REGION',
    'ALICLOUD_REGION_ID',
    'ALICLOUD_REGION',
  ],
  volcengine: ['VOLCENGINE_REGION'],
};

/** The region that the variables name. */
export function envRegion(provider: ProviderId, env: Environment): { readonly region?: string } {
  const region = regionVariables[provider]
    .map((name) => env[name]?.trim())
    .find((value) => value !== undefined && isRegionId(value));
  return region === undefined ? {} : { region };
}

/** The vendors' own variables, in the vendors' own order. */
const known: readonly Variables[] = [
  {
    provider: 'alibabaCloud',
    pairs: [
      {
        id: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
        secret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
        token: 'ALIBABA_CLOUD_SECURITY_TOKEN',
      },
      {
        id: 'ALIBABACLOUD_ACCESS_KEY_ID',
        secret: 'ALIBABACLOUD_ACCESS_KEY_SECRET',
        token: 'ALIBABACLOUD_SECURITY_TOKEN',
      },
      { id: 'ALICLOUD_ACCESS_KEY_ID', secret: 'ALICLOUD_ACCESS_KEY_SECRET', token: 'ALICLOUD_SECURITY_TOKEN' },
    ],
  },
  {
    provider: 'volcengine',
    pairs: [
      { id: 'VOLCENGINE_ACCESS_KEY', secret: 'VOLCENGINE_SECRET_KEY', token: 'VOLCENGINE_SESSION_TOKEN' },
      { id: 'VOLCSTACK_ACCESS_KEY_ID', secret: 'VOLCSTACK_SECRET_ACCESS_KEY', token: 'VOLCSTACK_SESSION_TOKEN' },
      { id: 'VOLCSTACK_ACCESS_KEY', secret: 'VOLCSTACK_SECRET_KEY', token: 'VOLCSTACK_SESSION_TOKEN' },
      { id: 'VOLC_ACCESSKEY', secret: 'VOLC_SECRETKEY' },
    ],
  },
];

/** Accounts from the vendors' environment variables. The environment does not change while we run. */
export function createEnvAccounts(env: Environment, endpoint: EndpointOverride): AccountSource {
  const changed = new Emitter<void>();
  return {
    list: () => known.flatMap((variables) => accountOf(variables, env, endpoint)),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

function accountOf(variables: Variables, env: Environment, endpoint: EndpointOverride): Account[] {
  const { provider } = variables;
  const id = `env:${provider}`;
  const known = credentialsOf(variables, env);
  if (known === undefined) return [];
  const account: Account = {
    id,
    provider,
    name: l10n.t('Environment'),
    source: l10n.t('environment variables'),
    level: 'normal',
    ...envRegion(provider, env),
    keyMark: markOf(known),
    credentials: () =>
      Promise.resolve(credentialsOf(variables, env)).then((keys) => {
        if (keys === undefined) throw missing();
        return usable(keys, account);
      }),
  };
  return [withEndpoint(account, endpoint(provider))];
}

function credentialsOf(variables: Variables, env: Environment): Credentials | undefined {
  for (const pair of variables.pairs) {
    const accessKeyId = env[pair.id]?.trim();
    const accessKeySecret = env[pair.secret]?.trim();
    if (accessKeyId === undefined || accessKeyId === '' || accessKeySecret === undefined || accessKeySecret === '')
      continue;
    const token = pair.token === undefined ? undefined : env[pair.token]?.trim();
    return { accessKeyId, accessKeySecret, ...(token === undefined || token === '' ? {} : { securityToken: token }) };
  }
  return undefined;
}

function missing(): CloudError {
  const message = l10n.t('The environment variables of this account are not set any more.');
  return new CloudError(message, { reason: 'auth', delivery: 'notSent' });
}
