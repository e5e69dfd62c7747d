import type { Operation } from '../core/operation';
import type { Provider } from '../core/provider';
import type { Call, Format } from './call';
import type { CommonRefusals } from './commonRefusals';
import type { FleetOptions } from './fleet';
import type { Handler } from './handler';
import type { Incoming } from './incoming';
import type { IssuedKey, KeyPrefixes, KeyRing, RandomBytes } from './keys';
import type { WrittenRefusal } from './refusal';
import type { Regions, SandboxRegion } from './regions';
import type { EnvelopeFacts, Reply } from './reply';
import type { AuthenticationContext } from './signature';

/** Where a cloud of the sandbox is, and a key for it. */
export interface SandboxAccess {
  /** Scheme, host and port: `http://127.0.0.1:…`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/**
 * One cloud of the sandbox, as a value: everything the server needs to know of it. Whatever only one cloud has stands
 * in that cloud's folder; nothing outside names a cloud.
 */
export interface SandboxCloud<R extends SandboxRegion = SandboxRegion> {
  /** What the extension declares of it: id, operations and documented failures. */
  readonly provider: Provider;
  readonly keyPrefixes: KeyPrefixes;
  /** The access as this cloud's own tools name its parts. */
  announce(access: SandboxAccess): Readonly<Record<string, string>>;

  /** Whether a request is signed the way of this cloud. A request that no cloud owns goes to the first one. */
  owns(incoming: Incoming): boolean;
  /** Reads what a request is about. */
  read(incoming: Incoming): Call;
  /** Lets a signed call in, as whose key it is. Throws `Refusal`. */
  authenticate(call: Call, context: AuthenticationContext): IssuedKey;
  /** Throws `Refusal` unless one of these keys signed the call, whatever else is wrong with it. */
  requireSignature(call: Call, keys: KeyRing): void;

  readonly formats: readonly Format[];
  newRequestId(randomBytes: RandomBytes, now: Date): string;
  /** A success in the cloud's envelope. */
  success(value: Readonly<Record<string, unknown>>, facts: EnvelopeFacts): Reply;
  /** A refusal in the cloud's envelope; `lowerCase` writes small initials, as some gateways do. */
  refusal(refusal: WrittenRefusal, facts: EnvelopeFacts, options: { readonly lowerCase: boolean }): Reply;
  /** How the cloud words what any call may be refused for. */
  readonly refusals: CommonRefusals;

  /** What it has at the start; the same options give the same records. */
  buildFleet(options: FleetOptions): Regions<R>;
  /** Adds hosts to a region, as if someone had just registered them; absent where hosts are not registered. */
  grow?(region: R, count: number, options: FleetOptions): void;
  /** The operations that know or change something of its records. */
  readonly handlers: readonly Handler<R>[];
}

/** Everything a cloud can do: what is in no handler is a read of nothing, and what is not declared is refused. */
export function handlersOf({ handlers, provider }: SandboxCloud): readonly Handler[] {
  const handled = (operation: Operation): boolean => handlers.some((handler) => handler.operation === operation);
  const others = provider.operations.filter((operation) => operation.effect === 'read' && !handled(operation));
  return [...handlers, ...others.map((operation) => ({ operation, answer: () => ({}) }))];
}
