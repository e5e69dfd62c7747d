/**
 * A value as XML, the way Alibaba Cloud writes it: members become elements, a list repeats its element,
 * null and undefined are left out.
 */
export function writeXml(root: string, value: Readonly<Record<string, unknown>>): string {
  return `<?xml version='1.0' encoding='UTF-8'?>${element(root, value)}`;
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, member]) => element(name, member))
      .join('');
  }
  return escapeXml(String(value));
}

function escapeXml(text: string): string {
  // XML 1.0 has no way to write these control characters at all.
  const allowed = [...text].filter((c) => c >= ' ' || c === '\t' || c === '\n' || c === '\r').join('');
  return allowed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
