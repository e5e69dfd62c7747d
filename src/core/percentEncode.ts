/** RFC 3986: everything but `A-Z a-z 0-9 - _ . ~` becomes `%XX` over UTF-8, as both clouds sign it. */
export function percentEncode(text: string): string {
  // Nearly all names and values need nothing, and looking is cheaper than encoding.
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

const unreserved = /^[A-Za-z0-9._~-]*$/;

/** `name=value` pairs sorted by name, encoded, joined by `&`: the canonical query of both clouds. */
export function canonicalQuery(params: Readonly<Record<string, string>>): string {
  return Object.keys(params)
    .sort(byCodePoint)
    .map((name) => `${percentEncode(name)}=${percentEncode(params[name] ?? '')}`)
    .join('&');
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
