import { each, isList, numberOf, one, textOf, truth, type Value } from './powershellValues';

/** A value of an operator with two sides; of a list on the left, what fits it. */
export function binary(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '+':
      return sum(left, right);
    case '-':
      return left instanceof Date && right instanceof Date ? span(left, right) : numberOf(left) - numberOf(right);
    case '*':
      return typeof left === 'string'
        ? left.repeat(Math.min(numberOf(right), 10_000))
        : numberOf(left) * numberOf(right);
    case '/':
      return numberOf(left) / numberOf(right);
    case '%':
      return numberOf(left) % numberOf(right);
    case '-f':
      return textOf(left).replace(/\{(\d+)(?::[^}]*)?\}/g, (_all, index: string) => textOf(each(right)[Number(index)]));
    case '-join':
      return each(left).map(textOf).join(textOf(right));
    case '-split':
      return textOf(left).split(new RegExp(textOf(right), 'i'));
    case '-replace': {
      const [pattern, by = ''] = each(right).map(textOf);
      return one(each(left).map((text) => textOf(text).replace(new RegExp(pattern ?? '', 'gi'), by)));
    }
    case '-contains':
    case '-notcontains':
      return each(left).some((value) => isEqual(value, right)) === (operator === '-contains');
    case '-in':
    case '-notin':
      return each(right).some((value) => isEqual(value, left)) === (operator === '-in');
    case '-xor':
      return truth(left) !== truth(right);
    default:
      return isList(left) ? left.filter((value) => compared(operator, value, right)) : compared(operator, left, right);
  }
}

function sum(left: Value, right: Value): Value {
  if (isList(left)) return [...left, ...each(right)];
  return typeof left === 'number' ? left + numberOf(right) : left === null ? right : textOf(left) + textOf(right);
}

function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'number' || left instanceof Date) return numberOf(left) === numberOf(right);
  if (typeof left === 'boolean') return left === truth(right);
  if (left === null || right === null) return left === right;
  return textOf(left).toLowerCase() === textOf(right).toLowerCase();
}

function compared(operator: string, left: Value, right: Value): boolean {
  const isNumber = typeof left === 'number' || left instanceof Date;
  const [a, b] = isNumber
    ? [numberOf(left), numberOf(right)]
    : [textOf(left).toLowerCase(), textOf(right).toLowerCase()];
  switch (operator) {
    case '-eq':
      return isEqual(left, right);
    case '-ne':
      return !isEqual(left, right);
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-like':
    case '-notlike':
      return wildcard(textOf(right)).test(textOf(left)) === (operator === '-like');
    case '-match':
    case '-notmatch':
      return new RegExp(textOf(right), 'i').test(textOf(left)) === (operator === '-match');
    default:
      throw new Error(`You must provide a value expression following the '${operator}' operator.`);
  }
}

export function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${source}$`, 'i');
}

export function cast(to: string, value: Value): Value {
  switch (to) {
    case 'char':
      return typeof value === 'number' ? String.fromCharCode(value) : textOf(value).slice(0, 1);
    case 'int':
    case 'long':
      return roundHalfEven(numberOf(value));
    case 'double':
      return numberOf(value);
    case 'string':
      return textOf(value);
    case 'bool':
      return truth(value);
    case 'void':
      return null;
    default:
      return value;
  }
}

/** As .NET rounds: halves to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest === 0.5 ? floor + (floor % 2) : Math.round(value);
}

export function staticOf(type: string, name: string, args: readonly Value[]): Value {
  const [first = null] = args;
  if (type === 'math' || type === 'system.math') {
    if (name === 'floor') return Math.floor(numberOf(first));
    if (name === 'ceiling') return Math.ceil(numberOf(first));
    if (name === 'round') return roundHalfEven(numberOf(first));
    if (name === 'abs') return Math.abs(numberOf(first));
  }
  if (type === 'string' && name === 'isnullorempty') return textOf(first) === '';
  throw new Error(`Unable to find type [${type}].`);
}

const days = 86_400_000;

function span(later: Date, earlier: Date): Value {
  const ms = later.getTime() - earlier.getTime();
  return { TotalDays: ms / days, TotalSeconds: ms / 1_000 };
}

export function method(target: Value, name: string, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  if (target instanceof Date && name === 'adddays') return new Date(target.getTime() + numberOf(first) * days);
  const text = textOf(target);
  switch (name) {
    case 'trim':
      return text.trim();
    case 'tolower':
      return text.toLowerCase();
    case 'toupper':
      return text.toUpperCase();
    case 'tostring':
      return text;
    case 'split':
      return text.split(textOf(first));
    case 'replace':
      return text.replaceAll(textOf(first), textOf(second));
    case 'contains':
      return text.includes(textOf(first));
    case 'startswith':
      return text.startsWith(textOf(first));
    case 'endswith':
      return text.endsWith(textOf(first));
    default:
      throw new Error(`Method invocation failed because the value does not contain a method named '${name}'.`);
  }
}
