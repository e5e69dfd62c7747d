import { isFolder } from './shellFiles';

/** `test` and `[`: 0 where it is so, 1 where it is not. */
export function test(args: readonly string[], files: ReadonlyMap<string, string>): number {
  return isTrue([...args], files) ? 0 : 1;
}

function isTrue(args: readonly string[], files: ReadonlyMap<string, string>): boolean {
  const or = args.indexOf('-o');
  if (or > 0 && args.length > 3) return isTrue(args.slice(0, or), files) || isTrue(args.slice(or + 1), files);
  const and = args.indexOf('-a');
  if (and > 0 && args.length > 3) return isTrue(args.slice(0, and), files) && isTrue(args.slice(and + 1), files);
  const [first = '', second, third] = args;
  if (first === '!' && args.length > 1) return !isTrue(args.slice(1), files);
  if (args.length >= 3) return compared(first, second ?? '', third ?? '');
  if (args.length === 2) return unary(first, second ?? '', files);
  return first !== '';
}

function unary(operator: string, value: string, files: ReadonlyMap<string, string>): boolean {
  switch (operator) {
    case '-n':
      return value !== '';
    case '-z':
      return value === '';
    case '-d':
      return isFolder(files, value);
    case '-e':
    case '-r':
    case '-w':
      return files.has(value) || isFolder(files, value);
    case '-f':
      return files.has(value);
    case '-s':
      return (files.get(value) ?? '') !== '';
    default:
      return false;
  }
}

function compared(left: string, operator: string, right: string): boolean {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    default:
      return false;
  }
}
