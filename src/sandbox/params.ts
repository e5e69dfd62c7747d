import type { Operation } from '../core/operation';
import { parseParams } from '../core/unflatten';
import type { Call } from './call';
import { Refusal } from './refusal';

/** The parameters in the operation's own shape. Refuses what is missing, unknown or wrong, as the cloud words it. */
export function checkParams(operation: Operation, call: Call): Record<string, unknown> {
  const unknown = Object.keys(call.params).find((name) => !isKnown(operation, name));
  if (unknown !== undefined) throw unsupported(call, unknown);
  const value = parseParams(operation, call.params);
  const parsed = operation.params.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusalFor(operation, call, value, parsed.error.issues[0]);
}

/** The real gateways pass over names they do not know; here a misspelt parameter must not go unnoticed. */
function isKnown(operation: Operation, name: string): boolean {
  const [first = '', ...rest] = name.split('.');
  return Object.hasOwn(operation.params.shape, first) && rest.every((part) => /^([A-Z]\w*|\d+)$/.test(part));
}

function unsupported(call: Call, name: string): Refusal {
  return call.provider === 'volcengine'
    ? invalidArgument(name)
    : new Refusal('UnsupportedParameter', { details: [name] });
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
}

function refusalFor(
  operation: Operation,
  call: Call,
  value: Readonly<Record<string, unknown>>,
  issue: Issue | undefined,
): Refusal {
  const name = String(issue?.path[0] ?? '');
  const given = value[name];
  if (given === undefined || given === '') return missing(operation, call, name);
  const code = wrongCodes(name, issue).find((candidate) => Object.hasOwn(operation.errors, candidate));
  if (code !== undefined) return new Refusal(code, { details: [name] });
  return call.provider === 'volcengine' ? invalidArgument(name) : new Refusal('InvalidParameter', { details: [name] });
}

function missing(operation: Operation, call: Call, name: string): Refusal {
  const candidates = [`MissingParameter.${name}`, `MissingParam.${name}`];
  const code = candidates.find((candidate) => Object.hasOwn(operation.errors, candidate));
  if (code !== undefined) return new Refusal(code);
  return call.provider === 'volcengine'
    ? new Refusal(`MissingParameter.${name}`, { message: `The required parameter ${name} is not supplied.` })
    : new Refusal(`Missing${name}`, { message: `${name} is mandatory for this action.` });
}

/** The names clouds give to a wrong parameter, the most telling first; the operation's table says which one it uses. */
function wrongCodes(name: string, issue: Issue | undefined): string[] {
  const inner = typeof issue?.path[2] === 'string' ? [`Invalid${name}${issue.path[2]}.Malformed`] : [];
  const tooMany = [`InvalidParameter.TooMany${name}s`, `NumberExceed.${name}s`, 'InvalidCount.Malformed'];
  const single = [`Invalid${name}.Malformed`, `InvalidParameter.${name}`, `InvalidParam.${name}`];
  return [...inner, ...(issue?.code === 'too_big' ? tooMany : []), ...single];
}

function invalidArgument(name: string): Refusal {
  return new Refusal('InvalidArgument', { message: `The specified argument is invalid: ${name}.` });
}
