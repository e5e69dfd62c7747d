import * as z from 'zod/mini';
import { trimmed } from '../../../core/profileFile';
import { count, text } from '../../../core/tolerant';

/** A profile of Alibaba Cloud's command-line tool; its other fields are not ours. Field names as in the tool's source. */
const profileSchema = z.object({
  name: text,
  mode: text,
  region_id: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  sts_expiration: count,
  expiration: text,
  ram_role_name: text,
  ram_role_arn: text,
  ram_session_name: text,
  expired_seconds: count,
  external_id: text,
  policy: text,
  source_profile: text,
  sts_region: text,
  sts_endpoint: text,
  endpoint: text,
  endpoint_type: text,
  process_command: text,
  credentials_uri: text,
  oidc_provider_arn: text,
  oidc_token_file: text,
  cloud_sso_sign_in_url: text,
  cloud_sso_account_id: text,
  cloud_sso_access_config: text,
  access_token: text,
  cloud_sso_access_token_expire: count,
  oauth_site_type: text,
  oauth_access_token: text,
  oauth_access_token_expire: count,
});
export type CliProfile = z.output<typeof profileSchema>;

export function readProfile(entry: unknown): CliProfile | undefined {
  const read = profileSchema.safeParse(entry).data;
  return read && trimmed(read);
}
