/**
 * The program and arguments of a command line, without a shell: white space separates, quotes group. Elsewhere than
 * on Windows a backslash takes the next character as it is (within double quotes only `"`, `\`, `$` and a backtick);
 * on Windows it is part of a path, except before a quote within quotes. These are the rules of Alibaba Cloud's
 * command-line tool for `process_command`. Undefined when a quote is not closed or nothing is left.
 */
export function splitCommand(command: string, windows: boolean): string[] | undefined {
  const parts: string[] = [];
  let part: string | undefined;
  let quote: string | undefined;
  const text = command.trim();
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const escape = c === '\\' && quote !== "'" ? escapedBy(text.charAt(i + 1), quote === '"', windows) : undefined;
    if (escape === 'dangling') return undefined;
    if (escape !== undefined) {
      if (escape !== '') part = (part ?? '') + escape;
      i++;
    } else if (quote !== undefined) {
      if (c === quote) quote = undefined;
      else part = (part ?? '') + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      part ??= '';
    } else if (/\s/.test(c)) {
      if (part !== undefined) parts.push(part);
      part = undefined;
    } else part = (part ?? '') + c;
  }
  if (quote !== undefined) return undefined;
  if (part !== undefined) parts.push(part);
  return parts[0] === undefined || parts[0] === '' ? undefined : parts;
}

/** What a backslash and the next character stand for; undefined when the backslash is one of its own. */
function escapedBy(next: string, quoted: boolean, windows: boolean): string | undefined {
  if (windows) return quoted && next === '"' ? next : undefined;
  if (next === '\n') return '';
  if (quoted) return '"\\$`'.includes(next) && next !== '' ? next : undefined;
  return next === '' ? 'dangling' : next;
}
