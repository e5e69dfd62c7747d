import type { Call } from '../call';
import type { CommonRefusals } from '../commonRefusals';
import { sandboxAccountId } from '../keys';
import { Refusal } from '../refusal';

export const refusals: CommonRefusals = {
  throttled: () => new Refusal('FlowLimitExceeded'),
  serverError: () => new Refusal('InternalError'),
  denied,
  expiredToken: () => new Refusal('InvalidSecretToken', { details: ['it has expired'] }),
  forbiddenRegion: notServed,
  unknownAction: notServed,
  unknownParameter: invalidArgument,
  missingParameter: (name) =>
    new Refusal(`MissingParameter.${name}`, { message: `The required parameter ${name} is not supplied.` }),
  wrongParameter: invalidArgument,
  inProgress: () => new Refusal('IdempotentProcessing'),
  tokenReused: () => new Refusal('IdempotentParameterMismatch'),
};

function denied({ action, region }: Call, permission = `ecs:${action}`): Refusal {
  return new Refusal('AccessDenied', {
    details: [permission, `trn:ecs:${region}:${sandboxAccountId}:instance/*`],
  });
}

function notServed({ action, version }: Call): Refusal {
  return new Refusal('InvalidActionOrVersion', { details: [action, version] });
}

function invalidArgument(name: string): Refusal {
  return new Refusal('InvalidArgument', { message: `The specified argument is invalid: ${name}.` });
}
