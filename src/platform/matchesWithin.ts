import { Script } from 'node:vm';

const matcher = new Script('new RegExp(`^(?:${pattern})$`, "u").test(value)');
const mostMs = 100;

/**
 * Whether a whole text fits a pattern that somebody else wrote; undefined where the pattern is none or takes too long.
 * Patterns can be made so that one short text keeps a thread busy for ever; this one is given up.
 */
export function matchesWithin(pattern: string, value: string): boolean | undefined {
  try {
    return matcher.runInNewContext({ pattern, value }, { timeout: mostMs }) === true;
  } catch {
    return undefined;
  }
}
