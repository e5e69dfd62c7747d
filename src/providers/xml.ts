import { XMLParser } from 'fast-xml-parser';

/** An XML answer: the name of its root element and what is in it. */
export interface XmlDocument {
  readonly root: string;
  /** Elements as objects, repeated elements as arrays, everything else as text. */
  readonly value: unknown;
}

/**
 * Reads an XML answer. Values stay text (schemas decide what is a number), attributes are left out, character
 * references and the five predefined entities are decoded. A document type declaration is refused: answers have
 * none, and entities it could declare are how XML is used to attack its reader.
 * Throws `Error` when the text is not one well-formed, complete document.
 */
export function parseXml(text: string): XmlDocument {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (doctype.test(body)) throw new Error('The XML has a document type declaration.');
  refuseUnbalanced(body);
  const parsed: unknown = parser.parse(body);
  // With these options the parser answers a plain object of root elements.
  const roots = Object.entries(parsed as Record<string, unknown>).filter(([name]) => name !== '#text');
  const [first, ...others] = roots;
  if (first === undefined || others.length > 0 || Array.isArray(first[1])) {
    throw new Error('The XML has no single root element.');
  }
  return { root: first[0], value: first[1] };
}

/** A declaration can only stand before the root element, after the XML declaration and comments. */
const doctype = /^(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)*<!DOCTYPE/i;

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  maxNestedTags: 64,
  entityDecoder: {
    decode: decodeEntities,
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    reset: () => undefined,
    setXmlVersion: () => undefined,
  },
});

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return predefined.get(name) ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return isCharacter(code) ? String.fromCodePoint(code) : all;
    },
  );
}

function isCharacter(code: number): boolean {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>!?]+)(?=[\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*?(\/?)>|</g;

/** The parser closes what a cut-off document left open; an answer that was cut off must not pass for a whole one. */
function refuseUnbalanced(text: string): void {
  const open: string[] = [];
  for (const [all, slash, name, selfClosing] of text.matchAll(markup)) {
    if (all === '<') throw new Error('The XML is cut off or not well formed.');
    if (name === undefined || selfClosing === '/') continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) throw new Error(`The XML closes "${name}" where it is not open.`);
  }
  if (open.length > 0) throw new Error(`The XML is cut off inside "${open[open.length - 1] ?? ''}".`);
}
