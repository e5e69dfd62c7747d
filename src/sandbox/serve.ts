import type { Operation } from '../core/operation';
import { clockSkew, damaged, delayOf, has, pageInstead, refusalOf } from './applyFaults';
import type { Call } from './call';
import type { SandboxCloud } from './cloud';
import { handlerOf, ownerOf } from './clouds';
import type { Fault } from './faults';
import type { CallContext, Handler } from './handler';
import { clientTokenOf } from './idempotency';
import type { Incoming } from './incoming';
import { withExtraFields, withOddTypes } from './oddAnswers';
import { checkParams } from './params';
import { Refusal, writeRefusal } from './refusal';
import type { EnvelopeFacts, Reply } from './reply';
import { openRequest, type OpenRequest } from './requestLog';
import type { SandboxState } from './state';

/** What becomes of a request: an answer, silence for ever, or a broken connection. */
export type Outcome = { readonly reply: Reply; readonly date: Date } | 'silence' | 'reset';

/**
 * Serves one request. `signal` ends its waits when the caller or the sandbox is gone. Any page in a browser can send
 * requests here, so a call without a good signature is answered and forgotten.
 */
export async function serve(incoming: Incoming, state: SandboxState, signal: AbortSignal): Promise<Outcome> {
  const cloud = ownerOf(incoming);
  const call = cloud.read(incoming);
  const entry = openRequest(call, state.clock.now());
  if (!isSigned(cloud, call, state)) {
    const faults = state.faults.look(call);
    return outcomeOf({ cloud, call, entry, faults, now: serverTime(state, faults) }, state, signal);
  }
  state.log.add(entry);
  const faults = state.faults.take(call, entry.time);
  try {
    return await outcomeOf({ cloud, call, entry, faults, now: serverTime(state, faults) }, state, signal);
  } finally {
    state.log.close(entry);
  }
}

/** Whether a key of this sandbox signed the call; its time, token and nonce are looked at when it is carried out. */
function isSigned(cloud: SandboxCloud, call: Call, { keys }: SandboxState): boolean {
  try {
    cloud.requireSignature(call, keys);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** One request on its way through. */
interface RequestContext {
  readonly cloud: SandboxCloud;
  readonly call: Call;
  readonly entry: OpenRequest;
  readonly faults: readonly Fault[];
  readonly now: Date;
}

async function outcomeOf(request: RequestContext, state: SandboxState, signal: AbortSignal): Promise<Outcome> {
  const { faults, entry } = request;
  if (has(faults, 'hang')) return 'silence';
  if (has(faults, 'resetBefore')) return 'reset';
  const reply = pageInstead(faults) ?? damaged(answer(request, state), faults);
  if (has(faults, 'hangAfter')) return 'silence';
  if (has(faults, 'resetAfter')) return 'reset';
  const delay = delayOf(faults);
  if (delay > 0) await state.clock.sleep(delay, signal);
  entry.status = reply.status;
  return { reply, date: serverTime(state, faults) };
}

function serverTime({ clock }: SandboxState, faults: readonly Fault[]): Date {
  return new Date(clock.now().getTime() + clockSkew(faults));
}

function answer(request: RequestContext, state: SandboxState): Reply {
  const { cloud, call, entry, faults, now } = request;
  const facts: EnvelopeFacts = {
    call,
    requestId: cloud.newRequestId(state.randomBytes, now),
    host: hostOf(call),
    format: has(faults, 'xml') && cloud.formats.includes('xml') ? 'xml' : call.format,
  };
  const handler = handlerOf(call);
  try {
    return cloud.success(reshaped(carryOut(handler, request, state), faults), facts);
  } catch (error) {
    const refusal = toRefusal(error, entry);
    entry.code = refusal.code;
    const written = writeRefusal(refusal, cloud.provider, handler?.operation);
    return cloud.refusal(written, facts, { lowerCase: has(faults, 'lowerCaseErrors') });
  }
}

function hostOf({ incoming }: Call): string {
  return incoming.headers['host'] ?? '';
}

/** A defect of the sandbox answers 500 like any server's, and is noted for whoever looks. */
function toRefusal(error: unknown, entry: OpenRequest): Refusal {
  if (error instanceof Refusal) return error;
  entry.defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Refusal('InternalError', { status: 500 });
}

function carryOut(handler: Handler | undefined, request: RequestContext, state: SandboxState): Answer {
  const { cloud, call, faults, now } = request;
  const { keys, nonces } = state;
  const { accessKeyId } = cloud.authenticate(call, { keys, nonces, now });
  const { refusals } = cloud;
  const refusal = refusalOf(faults, call, { refusals, permission: handler?.operation.permission });
  if (refusal !== undefined) throw refusal;
  if (handler === undefined) throw refusals.unknownAction(call);
  const params = checkParams(handler.operation, call.params, refusals);
  const context: CallContext = {
    regions: state.regions[cloud.provider.id],
    now,
    region: call.region,
    host: hostOf(call),
    accessKeyId,
    transitionMs: state.transitionMs,
  };
  return onceByToken(handler.operation, request, state, () => handler.answer(params, context));
}

type Answer = Readonly<Record<string, unknown>>;

/** A rehearsal always ends in a refusal, so it never uses up a client token. */
function onceByToken(
  operation: Operation,
  { cloud, call }: RequestContext,
  { tokens }: SandboxState,
  run: () => Answer,
): Answer {
  const token = clientTokenOf(call);
  if (token === undefined || operation.effect === 'read') return run();
  const { provider, action, region, params } = call;
  return tokens.once({ provider, action, region, token, params }, run, () => cloud.refusals.tokenReused());
}

function reshaped(value: Answer, faults: readonly Fault[]): Answer {
  let result: unknown = value;
  for (const fault of faults) {
    if (fault.kind === 'oddTypes') result = withOddTypes(result, fault.what);
    if (fault.kind === 'extraFields') result = withExtraFields(result);
  }
  // Reshaping an object gives an object.
  return result as Answer;
}
