import type { Call } from './call';
import type { Refusal } from './refusal';

/** How a cloud words what any call may be refused for. */
export interface CommonRefusals {
  /** `retryAfterMs` is a hint how long to wait, which not every cloud gives. */
  throttled(retryAfterMs: number | undefined): Refusal;
  serverError(): Refusal;
  /** `permission` is the operation's; undefined for a call that is not declared. */
  denied(call: Call, permission: string | undefined): Refusal;
  expiredToken(): Refusal;
  forbiddenRegion(call: Call): Refusal;
  unknownAction(call: Call): Refusal;
  unknownParameter(name: string): Refusal;
  missingParameter(name: string): Refusal;
  wrongParameter(name: string): Refusal;
  /** Another call with the same client token has not ended. */
  inProgress(): Refusal;
  /** The client token stands for another call. */
  tokenReused(): Refusal;
}
