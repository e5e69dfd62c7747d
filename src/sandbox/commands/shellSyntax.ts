/** The parts of a script of `sh`, as far as the sandbox understands them. */

export type Word = readonly Part[];

export type Part =
  | { readonly type: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly type: 'variable';
      readonly name: string;
      /** `:-`, `-`, `:+`, `+`, `#`, `##`, `%`, `%%`, or `length`. */
      readonly operator?: string;
      readonly argument?: Word;
      readonly quoted: boolean;
    }
  | { readonly type: 'command'; readonly script: string; readonly quoted: boolean }
  | { readonly type: 'arithmetic'; readonly words: Word; readonly quoted: boolean };

export interface Redirect {
  readonly descriptor: number;
  readonly type: '>' | '>>' | '<' | '>&' | '<<';
  readonly target: Word;
}

export interface Simple {
  readonly type: 'simple';
  readonly assignments: readonly (readonly [name: string, value: Word])[];
  readonly words: readonly Word[];
}

export type Command = (
  | Simple
  | {
      readonly type: 'if';
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List | undefined;
    }
  | { readonly type: 'loop'; readonly until: boolean; readonly test: List; readonly body: List }
  | { readonly type: 'for'; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: List }
  | {
      readonly type: 'case';
      readonly word: Word;
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: List }[];
    }
  | { readonly type: 'group'; readonly body: List; readonly subshell: boolean }
  | { readonly type: 'function'; readonly name: string; readonly body: Command }
) & { readonly redirects: readonly Redirect[] };

export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

/** Pipelines and how each is tied to the one before it. */
export type List = readonly { readonly tie: ';' | '&&' | '||'; readonly pipeline: Pipeline }[];

/** Something in a script that the shell would not take either. */
export class SyntaxProblem extends Error {}
