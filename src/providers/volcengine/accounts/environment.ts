import type { Environment, EnvProfile, KeyVariables } from '../../../core/cloudProfiles';
import { addressOf, sessionName, sessionSeconds } from '../../../core/profileFile';
import { described, variable } from '../../described';

/** The vendor's own variables, in the vendor's own order. */
export const keyVariables: readonly KeyVariables[] = [
  { id: 'VOLCENGINE_ACCESS_KEY', secret: 'VOLCENGINE_SECRET_KEY', token: 'VOLCENGINE_SESSION_TOKEN' },
  { id: 'VOLCSTACK_ACCESS_KEY_ID', secret: 'VOLCSTACK_SECRET_ACCESS_KEY', token: 'VOLCSTACK_SESSION_TOKEN' },
  { id: 'VOLCSTACK_ACCESS_KEY', secret: 'VOLCSTACK_SECRET_KEY', token: 'VOLCSTACK_SESSION_TOKEN' },
  { id: 'VOLC_ACCESSKEY', secret: 'VOLC_SECRETKEY' },
];

export const regionVariables: readonly string[] = ['VOLCENGINE_REGION'];

export function describedIn(env: Environment): EnvProfile[] {
  return [oidc(env), instanceRole(env)].flatMap((profile) => profile ?? []);
}

function oidc(env: Environment): EnvProfile | undefined {
  const role = variable(env, 'VOLCENGINE_OIDC_ROLE_TRN');
  const tokenFile = variable(env, 'VOLCENGINE_OIDC_TOKEN_FILE');
  if (role === undefined || tokenFile === undefined) return undefined;
  const session = variable(env, 'VOLCENGINE_OIDC_ROLE_SESSION_NAME') ?? sessionName;
  const policy = variable(env, 'VOLCENGINE_OIDC_ROLE_POLICY');
  const request = { role, sessionName: session, durationSeconds: sessionSeconds, policy };
  const endpoint = addressOf(variable(env, 'VOLCENGINE_OIDC_STS_ENDPOINT'));
  return {
    kind: 'oidc',
    source: described.oidc,
    keys: { type: 'oidc', request, identityProvider: undefined, tokenFile, endpoint },
  };
}

function instanceRole(env: Environment): EnvProfile | undefined {
  const role = variable(env, 'VOLCENGINE_ECS_METADATA');
  return role === undefined
    ? undefined
    : { kind: 'instanceRole', source: described.instanceRole, keys: { type: 'metadata', role } };
}
