import type { Operation } from '../core/operation';
import { parseParams } from '../core/unflatten';
import type { CommonRefusals } from './commonRefusals';
import { Refusal } from './refusal';

/** The parameters in the operation's own shape. Refuses what is missing, unknown or wrong, as the cloud words it. */
export function checkParams(
  operation: Operation,
  params: Readonly<Record<string, string>>,
  refusals: CommonRefusals,
): Record<string, unknown> {
  const unknown = Object.keys(params).find((name) => !isKnown(operation, name));
  if (unknown !== undefined) throw refusals.unknownParameter(unknown);
  const value = parseParams(operation, params);
  const parsed = operation.params.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '');
  const given = value[name];
  const missing = given === undefined || given === '';
  const code = declaredCode(operation, missing ? missingCodes(name) : wrongCodes(name, issue));
  if (code !== undefined) throw new Refusal(code, missing ? {} : { details: [name] });
  throw missing ? refusals.missingParameter(name) : refusals.wrongParameter(name);
}

/** The real gateways pass over names they do not know; here a misspelt parameter must not go unnoticed. */
function isKnown(operation: Operation, name: string): boolean {
  const [first = '', ...rest] = name.split('.');
  return Object.hasOwn(operation.params.shape, first) && rest.every((part) => /^([A-Z]\w*|\d+)$/.test(part));
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
}

/** The operation's table says which of the candidates it uses. */
function declaredCode({ errors }: Operation, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => Object.hasOwn(errors, candidate));
}

function missingCodes(name: string): string[] {
  return [`MissingParameter.${name}`, `MissingParam.${name}`];
}

/** The names clouds give to a wrong parameter, the most telling first. */
function wrongCodes(name: string, issue: Issue | undefined): string[] {
  const inner = typeof issue?.path[2] === 'string' ? [`Invalid${name}${issue.path[2]}.Malformed`] : [];
  const tooMany = [
    `InvalidParameter.TooMany${name}s`,
    `NumberExceed.${name}s`,
    `${name}.ExceedLimit`,
    'InvalidCount.Malformed',
  ];
  const single = [
    `Invalid${name}.Malformed`,
    `InvalidParameter.${name}`,
    `InvalidParam.${name}`,
    `${name}.InvalidPattern`,
  ];
  return [...inner, ...(issue?.code === 'too_big' ? tooMany : []), ...single];
}
