/** `printf`: its escapes, and `%s %d %x %c %b %%` with width and precision; the format is used again for more values. */
export function formatted(format: string, values: readonly string[]): string {
  const left = [...values];
  let text = '';
  do {
    const before = left.length;
    text += once(format, left);
    if (left.length === before) break;
  } while (left.length > 0);
  return text;
}

const directive = /%(-?)(0?)(\d*)(?:\.(\d+))?([sdiuxXcbqf%])|\\(n|t|r|a|b|\\|"|'|0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|e)/g;

function once(format: string, left: string[]): string {
  return format.replace(
    directive,
    (
      _all,
      minus: string,
      zero: string,
      width: string,
      precision: string | undefined,
      type?: string,
      escape?: string,
    ) => {
      if (type === undefined) return escaped(escape ?? '');
      if (type === '%') return '%';
      const text = valueAs(type, left.shift() ?? '', precision);
      const size = Number(width === '' ? 0 : width);
      return minus === '-' ? text.padEnd(size) : text.padStart(size, zero === '0' && type !== 's' ? '0' : ' ');
    },
  );
}

function valueAs(type: string, value: string, precision: string | undefined): string {
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(Number(value)) || 0);
    case 'x':
      return (Math.trunc(Number(value)) || 0).toString(16);
    case 'X':
      return (Math.trunc(Number(value)) || 0).toString(16).toUpperCase();
    case 'f':
      return (Number(value) || 0).toFixed(Number(precision ?? 6));
    case 'c':
      return [...value][0] ?? '';
    case 'b':
      return once(value.replaceAll('%', '%%'), []);
    case 'q':
      return `'${value.replaceAll("'", `'\\''`)}'`;
    default:
      return precision === undefined ? value : [...value].slice(0, Number(precision)).join('');
  }
}

function escaped(escape: string): string {
  const plain: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\x07',
    b: '\b',
    e: '\x1b',
    '\\': '\\',
    '"': '"',
    "'": "'",
  };
  const known = plain[escape];
  if (known !== undefined) return known;
  return String.fromCharCode(escape.startsWith('x') ? parseInt(escape.slice(1), 16) : parseInt(escape, 8));
}
