import { parseRegExpLiteral, type AST } from '@eslint-community/regexpp';

const length = 64_000;
/** One of each sort of character that expressions tell apart. */
const characters = [...'a0 "\\<>&%=:;,./?#@[]{}(\'|*+-_!~^$`A\t\r\n\u0000é中\u200d😀\ufeff'];

/**
 * Texts that make an expression look long for what is not there: whatever it can repeat is repeated, behind whatever
 * stands before it, and so is every beginning of a match.
 */
export function slowTexts(expression: RegExp): ReadonlySet<string> {
  const { pattern } = parseRegExpLiteral(expression);
  const texts = new Set<string>();
  for (const choice of [0, 1, 2]) {
    const { pumps, begins } = new Walk(choice, expression.flags).of(pattern);
    for (const { before, pump } of pumps)
      for (const end of ['', '\u0000', '!', '\n']) texts.add(before + filled(pump) + end);
    for (const begin of begins) for (const end of ['', '\u0000']) texts.add(filled(begin) + end);
  }
  return texts;
}

function filled(part: string): string {
  return part === '' ? '' : part.repeat(Math.ceil(length / part.length));
}

/** Walks through an expression and writes down a text that matches, what is repeated in it, and where it may begin. */
class Walk {
  readonly pumps: { before: string; pump: string }[] = [];
  readonly begins = new Set<string>();
  private readonly groups = new Map<AST.Node, string>();

  constructor(
    private readonly choice: number,
    private readonly flags: string,
  ) {}

  of(pattern: AST.Pattern): this {
    this.alternatives(pattern.alternatives, '');
    return this;
  }

  private alternatives(all: readonly AST.Alternative[], before: string): string {
    const texts = all.map(({ elements }) => this.sequence(elements, before));
    return texts[this.choice % texts.length] ?? '';
  }

  private sequence(elements: readonly AST.Element[], before: string): string {
    let text = '';
    for (const element of elements) {
      text += this.element(element, before + text);
      this.begins.add(before + text);
    }
    return text;
  }

  private element(element: AST.Element, before: string): string {
    if (element.type === 'Quantifier') return this.repeated(element, before);
    if (element.type === 'Group' || element.type === 'CapturingGroup') return this.group(element, before);
    if (element.type === 'Assertion') return this.assertion(element, before);
    if (element.type === 'Backreference') return this.referred(element);
    return this.character(element.raw);
  }

  private group(group: AST.Group | AST.CapturingGroup, before: string): string {
    const text = this.alternatives(group.alternatives, before);
    this.groups.set(group, text);
    return text;
  }

  private repeated({ element, min, max }: AST.Quantifier, before: string): string {
    const text = this.element(element, before);
    if (max > 8) this.pumps.push({ before, pump: text });
    return text.repeat(Math.max(min, 1));
  }

  private assertion(assertion: AST.Assertion, before: string): string {
    if (assertion.kind !== 'lookahead' && assertion.kind !== 'lookbehind') return '';
    const seen = this.alternatives(assertion.alternatives, before);
    return assertion.kind === 'lookbehind' && !assertion.negate && before === '' ? seen : '';
  }

  private referred({ resolved }: AST.Backreference): string {
    return this.groups.get([resolved].flat()[0] as AST.Node) ?? '';
  }

  private character(raw: string): string {
    const one = new RegExp(`^(?:${raw})$`, this.flags.replace(/[gy]/g, ''));
    const fit = characters.filter((character) => one.test(character));
    if (fit.length > 0) return fit[this.choice % fit.length] ?? '';
    return /^.$/s.test(raw) ? raw : '';
  }
}
