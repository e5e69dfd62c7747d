import * as l10n from '@vscode/l10n';
import type { Environment } from '../core/cloudProfiles';

/** What the variables of both clouds can describe, in the user's language. */
export const described = {
  oidc: () => l10n.t('environment variables, token of an identity provider'),
  uri: () => l10n.t('environment variables, address that gives keys'),
  instanceRole: () => l10n.t('environment variables, role of this instance'),
} as const;

/** A variable's value; undefined when it is not set, or blank. */
export function variable(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}
