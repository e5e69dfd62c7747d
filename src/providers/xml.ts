import { parseXml as parseDocument, XmlCdata, XmlDocumentType, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';

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
  const body = text
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/\r\n?/g, '\n');
  const root = rootOf(keepUnknownReferences(body));
  return { root: root.name, value: valueOf(root, 1) };
}

function rootOf(text: string): XmlElement {
  const { children, root } = parse(text);
  if (children.some((child) => child instanceof XmlDocumentType)) {
    throw new Error('The XML has a document type declaration.');
  }
  if (root === null) throw new Error('The XML has no root element.');
  return root;
}

function parse(text: string): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { preserveCdata: true, preserveDocumentType: true });
  } catch (error) {
    // eslint-disable-next-line preserve-caught-error -- the parser's error quotes the answer
    throw new Error(messageOf(error, text));
  }
}

/** The parser's own message shows the text around the mistake, and an answer can hold a secret. */
function messageOf(error: unknown, text: string): string {
  // What is nested without end exhausts the stack.
  if (!(error instanceof XmlError)) return 'The XML is nested too deeply.';
  const inside = /^Missing end tag for element (\S+)/.exec(error.message)?.[1];
  if (inside !== undefined && !text.includes('<', error.pos)) return `The XML is cut off inside "${inside}".`;
  return `The XML is not well formed (line ${error.line}, column ${error.column}).`;
}

const deepest = 64;

function valueOf(element: XmlElement, depth: number): unknown {
  if (depth > deepest) throw new Error('The XML is nested too deeply.');
  const fields = new Map<string, unknown[]>();
  let text = '';
  for (const child of element.children) {
    if (child instanceof XmlElement) {
      const values = fields.get(child.name);
      const value = valueOf(child, depth + 1);
      if (values === undefined) fields.set(child.name, [value]);
      else values.push(value);
    } else if (child instanceof XmlCdata) text += child.text;
    else if (child instanceof XmlText) text += child.text.trim();
  }
  if (fields.size === 0) return text;
  // `fromEntries` makes every name a field of its own, "__proto__" too.
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/**
 * A reference to something nobody declared, or to no character, is a mistake that costs a strict parser the whole
 * answer. It stays as it is written instead, as the schemas' tolerance asks for.
 */
function keepUnknownReferences(text: string): string {
  if (!text.includes('&')) return text;
  const [before = '', ...others] = text.split(cdata);
  return [escapeUnknown(before), ...others.map(afterCdata)].join(cdata);
}

const cdata = '<![CDATA[';

/** In character data an ampersand is an ampersand. */
function afterCdata(part: string): string {
  const end = part.indexOf(']]>');
  return end === -1 ? part : part.slice(0, end) + escapeUnknown(part.slice(end));
}

const ampersand = /&(?:(?:amp|lt|gt|quot|apos);|#x([0-9A-Fa-f]{1,6});|#([0-9]{1,7});)?/g;

function escapeUnknown(text: string): string {
  return text.replace(ampersand, (all, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    const known = Number.isNaN(code) ? all !== '&' : isCharacter(code);
    return known ? all : `&amp;${all.slice(1)}`;
  });
}

/** What XML takes for a character (https://www.w3.org/TR/xml/#NT-Char). */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
