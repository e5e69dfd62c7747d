/** Where a record stands in the text of an answer, in characters. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The record that has this id, in an answer as it is shown; undefined where there is none. Of several places the
 * least deep one, since a record may name others inside. Takes each character once.
 */
export function recordRange(text: string, language: 'json' | 'xml' | 'text', id: string): TextRange | undefined {
  switch (language) {
    case 'json':
      return inJson(text, id);
    case 'xml':
      return inXml(text, id);
    case 'text':
      return undefined;
    default: {
      const never: never = language;
      return never;
    }
  }
}

interface Open {
  readonly start: number;
  /** The id stands in it, and not in something inside it. */
  hasId: boolean;
}

/** The least deep of the places that were found. */
class Best {
  range: TextRange | undefined;
  private depth = Infinity;

  offer(range: TextRange, depth: number): void {
    if (depth >= this.depth) return;
    this.depth = depth;
    this.range = range;
  }
}

function inJson(text: string, id: string): TextRange | undefined {
  const best = new Best();
  const open: Open[] = [];
  const wanted = JSON.stringify(id);
  // Strings as a whole, so that no bracket in one counts.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\]]/gs)) {
    if (token === '{' || token === '[') open.push({ start: index, hasId: false });
    else if (token === '}' || token === ']') {
      const closed = open.pop();
      if (closed?.hasId === true && token === '}') best.offer({ start: closed.start, end: index + 1 }, open.length);
    } else if (token === wanted && /:\s*$/.test(text.slice(Math.max(0, index - 4), index))) {
      const inner = open.at(-1);
      if (inner !== undefined) inner.hasId = true;
    }
  }
  return best.range;
}

function inXml(text: string, id: string): TextRange | undefined {
  const best = new Best();
  const open: Open[] = [];
  let textStart = 0;
  for (const { 0: tag, index } of text.matchAll(/<[^<>]*>/g)) {
    const end = index + tag.length;
    if (tag.startsWith('</')) {
      const closed = open.pop();
      const holder = open.at(-1);
      if (closed?.start !== undefined && text.slice(textStart, index).trim() === id && holder !== undefined)
        holder.hasId = true;
      if (closed?.hasId === true) best.offer({ start: closed.start, end }, open.length);
    } else if (!tag.startsWith('<?') && !tag.startsWith('<!') && !tag.endsWith('/>')) {
      open.push({ start: index, hasId: false });
    }
    textStart = end;
  }
  return best.range;
}
