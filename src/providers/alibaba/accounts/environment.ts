import type { Environment, EnvProfile, KeyVariables } from '../../../core/cloudProfiles';
import { sessionName, sessionSeconds } from '../../../core/profileFile';
import { described, variable } from '../../described';
import { credentialsUri } from './cliSignIns';

/** The vendor's own variables, in the vendor's own order. */
export const keyVariables: readonly KeyVariables[] = [
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
];

export const regionVariables: readonly string[] = [
  'ALIBABA_CLOUD_REGION_ID',
  'ALIBABA_CLOUD_REGION',
  'ALIBABACLOUD_REGION_ID',
  'ALIBABACLOUD_REGION',
  'ALICLOUD_REGION_ID',
  'ALICLOUD_REGION',
];

export function describedIn(env: Environment): EnvProfile[] {
  return [oidc(env), uri(env), instanceRole(env)].flatMap((profile) => profile ?? []);
}

function oidc(env: Environment): EnvProfile | undefined {
  const role = variable(env, 'ALIBABA_CLOUD_ROLE_ARN');
  const identityProvider = variable(env, 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN');
  const tokenFile = variable(env, 'ALIBABA_CLOUD_OIDC_TOKEN_FILE');
  if (role === undefined || identityProvider === undefined || tokenFile === undefined) return undefined;
  const session = variable(env, 'ALIBABA_CLOUD_ROLE_SESSION_NAME') ?? sessionName;
  const request = { role, sessionName: session, durationSeconds: sessionSeconds };
  return {
    kind: 'oidc',
    source: described.oidc,
    keys: { type: 'oidc', request, identityProvider, tokenFile },
  };
}

function uri(env: Environment): EnvProfile | undefined {
  const address = variable(env, 'ALIBABA_CLOUD_CREDENTIALS_URI');
  if (address === undefined) return undefined;
  return { kind: 'uri', source: described.uri, keys: credentialsUri(address) };
}

function instanceRole(env: Environment): EnvProfile | undefined {
  const role = variable(env, 'ALIBABA_CLOUD_ECS_METADATA');
  return role === undefined
    ? undefined
    : { kind: 'instanceRole', source: described.instanceRole, keys: { type: 'metadata', role } };
}
