import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import { documentedError } from '../../client/errorTables';
import type { Transport } from '../../client/transport';
import type { AccountInfo, Credentials } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { CloudProfiles, Environment } from '../../core/cloudProfiles';
import { noKeys, signInOver, stepFailed, type KeySource } from '../../core/credentialSource';
import type { HttpRequest, HttpResponse } from '../../core/http';
import { checkPart, usable } from '../../core/keyRules';
import { trimmed } from '../../core/profileFile';
import type { Provider } from '../../core/provider';
import { withoutKnown } from '../../core/redactError';
import type { TemporaryCredentials } from '../../core/roles';
import { readOptionalFile } from '../../platform/optionalFile';
import { runProcess, type ProcessEnd } from '../../platform/runProcess';
import type { Clock } from '../../util/clock';
import { isBinary, withoutMark } from '../../util/decodeText';
import { splitCommand } from '../../util/splitCommand';

/**
 * What resolving needs. Everything goes through the client's own transport, so the proxy and the certificates of the
 * user's network count for keys, too. The vendor's `@alicloud/credentials` opens its own connections without either
 * and quotes the files it reads in its errors; it serves as the model of behaviour only.
 */
export interface ResolveContext {
  readonly provider: Provider;
  readonly profiles: CloudProfiles;
  readonly client: CloudClient;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly env: Environment;
  readonly windows: boolean;
  /** The user's folder: programs run there, whatever folder this process was started in. */
  readonly home: string;
  readonly limits?: KeyLimits | undefined;
  /** Whose keys they are; its `endpoint`, when set, replaces the vendor's address for roles, too. */
  readonly account: AccountInfo;
}

/** How long others may take to give keys, from the question to the end of the answer, in milliseconds. */
export interface KeyLimits {
  /** Requests that are not signed by an account. */
  readonly requestMs: number;
  readonly processMs: number;
}

const defaultLimits: KeyLimits = { requestMs: 10_000, processMs: 60_000 };
/** Off the cloud's machines nothing answers at the metadata address: that must show at once. */
const metadataTimeoutMs = 2_000;

function limitsOf({ limits = defaultLimits }: ResolveContext): KeyLimits {
  return limits;
}

/**
 * Gets the keys a source stands for, fit to be sent. Rejects with `CloudError` (`notSent`) without any content of a
 * file or an answer.
 */
export async function resolveKeys(source: KeySource, context: ResolveContext): Promise<TemporaryCredentials> {
  return usable(await resolve(source, context), context.account);
}

function resolve(source: KeySource, context: ResolveContext): Promise<TemporaryCredentials> {
  switch (source.type) {
    case 'keys':
      return keysOrWhatFollows(source, context);
    case 'role':
      return assumeRole(source, context);
    case 'oidc':
      return assumeRoleWithOidc(source, context);
    case 'metadata':
      return fromMetadata(source.role, context);
    case 'process':
      return fromProcess(source, context);
    case 'request':
      return fromRequest(source, context);
    case 'cache':
      return fromCache(source, context);
    case 'none':
      return Promise.reject(nothing(source));
    default: {
      const never: never = source;
      return never;
    }
  }
}

type Source<T extends KeySource['type']> = Extract<KeySource, { type: T }>;

function nothing(source: Source<'none'>): CloudError {
  const advice = source.advice?.();
  if (source.unsupported === true)
    return noKeys(source.why(), { reason: 'invalid', code: 'CREDENTIALS_UNSUPPORTED', advice });
  return noKeys(source.why(), { advice });
}

async function keysOrWhatFollows(
  { keys, afterwards }: Source<'keys'>,
  context: ResolveContext,
): Promise<TemporaryCredentials> {
  const over = keys.expires !== undefined && keys.expires.getTime() <= context.clock.now().getTime();
  return over && afterwards !== undefined ? resolveKeys(afterwards, context) : keys;
}

async function assumeRole(source: Source<'role'>, context: ResolveContext): Promise<TemporaryCredentials> {
  const from = await resolveKeys(source.from, context);
  const { provider, client } = context;
  const { roles } = context.profiles;
  try {
    const { value } = await client.read({
      provider,
      account: lender(context, source.endpoint, from),
      region: source.region ?? roles.region,
      operation: roles.assumeRole,
      params: roles.params(source.request),
      subject: source.request.role,
    });
    return roles.read(value);
  } catch (error) {
    throw stepFailed(l10n.t('The role "{0}" could not be assumed.', source.request.role), error);
  }
}

/** The account as it calls for a role. Its own id keeps such calls from waiting behind those that wait for them. */
function lender(context: ResolveContext, endpoint: string | undefined, keys: Credentials) {
  const { account } = context;
  return {
    ...account,
    id: `${account.id}#role`,
    endpoint: account.endpoint ?? endpoint ?? context.profiles.roles.endpoint,
    credentials: () => Promise.resolve(keys),
  };
}

async function assumeRoleWithOidc(source: Source<'oidc'>, context: ResolveContext): Promise<TemporaryCredentials> {
  const { account, clock } = context;
  const { roles } = context.profiles;
  const { request, identityProvider, tokenFile } = source;
  const token = (await readOptionalFile(tokenFile).catch(() => undefined))?.trim();
  if (token === undefined || token === '') {
    throw noKeys(l10n.t('The token file "{0}" is empty or cannot be read.', tokenFile));
  }
  if (isBinary(token)) {
    throw noKeys(
      l10n.t('The token file "{0}" is not text in UTF-8: it holds null bytes. Save it as UTF-8.', tokenFile),
    );
  }
  const endpoint = account.endpoint ?? source.endpoint ?? roles.endpoint;
  const http = roles.oidcRequest({ ...request, identityProvider, token }, endpoint, clock.now());
  try {
    return readLent(await sendWithin(http, context, limitsOf(context).requestMs), token, context);
  } catch (error) {
    throw stepFailed(l10n.t('The role "{0}" could not be assumed.', request.role), error);
  }
}

/** The cloud's answer to a request without a signature, explained as the client explains those with one. */
function readLent(response: HttpResponse, token: string, { provider, profiles }: ResolveContext): TemporaryCredentials {
  const { roles } = profiles;
  const operation = roles.assumeRoleWithOidc;
  const answer = provider.wire.decode(operation, response);
  if (!answer.ok) {
    const { code, message, requestId, recommend } = answer.error;
    const known = documentedError(provider, operation, code, response.status);
    const failure = new CloudError(message, {
      reason: known?.reason ?? 'auth',
      delivery: 'answered',
      code,
      requestId,
      recommend,
      advice: known?.advice(),
    });
    throw withoutKnown(failure, [token]);
  }
  const checked = operation.response.safeParse(answer.value);
  if (!checked.success)
    throw new CloudError(l10n.t('The answer holds no keys.'), { reason: 'unexpectedAnswer', delivery: 'answered' });
  return roles.read(checked.data);
}

async function fromMetadata(role: string | undefined, context: ResolveContext): Promise<TemporaryCredentials> {
  const off = metadataSwitchedOff(context);
  if (off !== undefined) throw noKeys(l10n.t('The instance metadata is switched off by the variable {0}.', off));
  const { metadata } = context.profiles;
  try {
    const headers = await metadataToken(context);
    const name = role ?? firstRole(await askMetadata('GET', metadata.rolesPath, headers, context));
    const keys = metadata.read(parseJson(await askMetadata('GET', metadata.keysPath(name), headers, context)));
    if (keys !== undefined) return keys;
  } catch (error) {
    throw stepFailed(l10n.t('The instance metadata gave no keys.'), error);
  }
  throw noKeys(l10n.t('The instance metadata gave no keys.'));
}

function metadataSwitchedOff({ env, profiles }: ResolveContext): string | undefined {
  const { offVariable } = profiles.metadata;
  return isOn(env[offVariable]) ? offVariable : undefined;
}

const tokenPath = '/latest/api/token';
/** Six hours, as the vendors' clients ask for. */
const tokenTtlSeconds = 21_600;

/** Version 2 asks for a token first; where that fails, machines may still allow version 1. */
async function metadataToken(context: ResolveContext): Promise<Record<string, string>> {
  const { env, profiles } = context;
  const { metadata } = profiles;
  try {
    const token = await askMetadata('PUT', tokenPath, { [metadata.tokenTtlHeader]: String(tokenTtlSeconds) }, context);
    checkPart(token.trim(), () => l10n.t('access token'), context.account);
    return { [metadata.tokenHeader]: token.trim() };
  } catch (error) {
    const answered = CloudError.is(error, 'invalid');
    const { tokenOnlyVariable } = metadata;
    if (!answered || tokenOnlyVariable === undefined || isOn(env[tokenOnlyVariable])) throw error;
    return {};
  }
}

async function askMetadata(
  method: 'GET' | 'PUT',
  path: string,
  headers: Record<string, string>,
  context: ResolveContext,
): Promise<string> {
  const url = context.profiles.metadata.base + path;
  const answer = await sendWithin({ method, url, headers }, context, metadataTimeoutMs).catch((error: unknown) => {
    if (!CloudError.is(error, 'timeout')) throw error;
    const advice = l10n.t('This works on instances of the cloud only.');
    throw new CloudError(l10n.t('It did not answer.'), { reason: 'timeout', delivery: 'notSent', advice });
  });
  if (answer.status === 200 && answer.body.trim() !== '') return answer.body;
  const advice = l10n.t('Give the instance a role, or name the right one in the profile.');
  throw new CloudError(l10n.t('It answered with HTTP {0}.', answer.status), {
    reason: 'invalid',
    delivery: 'answered',
    advice,
  });
}

function firstRole(body: string): string {
  const listed: unknown = parseJson(body);
  const names: unknown[] = Array.isArray(listed) ? listed : body.split('\n');
  const name = names.find((candidate): candidate is string => typeof candidate === 'string' && candidate.trim() !== '');
  if (name !== undefined) return name.trim();
  throw new CloudError(l10n.t('The instance has no role.'), { reason: 'invalid', delivery: 'answered' });
}

async function fromProcess(source: Source<'process'>, context: ResolveContext): Promise<TemporaryCredentials> {
  refuseExternal(context);
  const [program, ...args] = splitCommand(source.command, context.windows) ?? [];
  if (program === undefined)
    throw noKeys(l10n.t('The command of the profile is empty, or a quote in it is not closed.'));
  const timeoutMs = limitsOf(context).processMs;
  const { env, home: folder } = context;
  const end = await runProcess([program, ...args], { timeoutMs, env, folder });
  if (end.type !== 'done') throw noKeys(programFailed(program, end, timeoutMs), { advice: tryYourself() });
  const output = parseJson(end.output);
  if (output === undefined) throw noKeys(notJson(program, end.output), { advice: tryYourself() });
  return resolveKeys(source.read(output), context);
}

function programFailed(program: string, end: Exclude<ProcessEnd, { type: 'done' }>, timeoutMs: number): string {
  switch (end.type) {
    case 'timeout':
      return l10n.t('The program "{0}" gave no keys within {1} seconds.', program, timeoutMs / 1000);
    case 'flooded':
      return l10n.t('The program "{0}" wrote more than keys can be. It was ended.', program);
    case 'failed':
      return l10n.t('The program "{0}" failed ({1}).', program, end.code);
    default: {
      const never: never = end;
      return never;
    }
  }
}

function notJson(program: string, output: string): string {
  return isBinary(output)
    ? l10n.t('What the program "{0}" wrote is not text in UTF-8: it holds null bytes.', program)
    : l10n.t('What the program "{0}" wrote is not JSON.', program);
}

function tryYourself(): string {
  return l10n.t('Run the command of the profile in a terminal to see what it says.');
}

/** The vendor's switch covers programs and addresses alike. */
function refuseExternal({ env, profiles: { externalOffVariable: name } }: ResolveContext): void {
  if (name === undefined) return;
  const value = env[name]?.trim().toLowerCase();
  if (value === '1' || value === 'true')
    throw noKeys(l10n.t('Programs and addresses that give keys are switched off by the variable {0}.', name));
}

async function fromRequest(source: Source<'request'>, context: ResolveContext): Promise<TemporaryCredentials> {
  const { request, what, read, advice } = source;
  if (source.external === true) refuseExternal(context);
  if (source.until !== undefined && source.until <= context.clock.now())
    throw noKeys(signInOver(), { advice: advice() });
  const sent = { ...request, headers: trimmed(request.headers) };
  for (const value of Object.values(sent.headers))
    checkPart(value.replace(/^Bearer /, ''), () => l10n.t('access token'), context.account);
  const answer = await sendPlain(sent, what(), context);
  const keys = answer.status === 200 ? read(parseJson(answer.body)) : undefined;
  if (keys !== undefined) return keys;
  throw noKeys(l10n.t('{0} gave no keys (HTTP {1}).', what(), answer.status), { advice: advice() });
}

async function sendPlain(request: HttpRequest, what: string, context: ResolveContext): Promise<HttpResponse> {
  try {
    return await sendWithin(request, context, limitsOf(context).requestMs);
  } catch (error) {
    throw stepFailed(l10n.t('{0} could not be asked for keys.', what), error);
  }
}

async function fromCache(source: Source<'cache'>, context: ResolveContext): Promise<TemporaryCredentials> {
  const content = parseJson((await readOptionalFile(source.path).catch(() => undefined)) ?? '');
  return resolveKeys(content === undefined ? source.missing() : source.read(content), context);
}

/** One request with a limit for the whole of it: an answer that drips never falls silent. */
async function sendWithin(request: HttpRequest, { transport }: ResolveContext, ms: number): Promise<HttpResponse> {
  const signal = AbortSignal.timeout(ms);
  try {
    return await transport.send(request, { timeoutMs: ms, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    const message = l10n.t('The answer was not complete within {0} seconds.', ms / 1000);
    throw new CloudError(message, { reason: 'timeout', delivery: 'unknown' });
  }
}

/** Undefined for what is no JSON; the parser's own message would quote it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
}

function isOn(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true';
}
