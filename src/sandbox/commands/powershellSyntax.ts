/** The parts of a PowerShell script, as far as the sandbox understands them. */

export type Expression =
  | { readonly type: 'value'; readonly value: string | number }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'text'; readonly parts: readonly Expression[] }
  | { readonly type: 'statements'; readonly body: readonly Statement[]; readonly isArray: boolean }
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | {
      readonly type: 'member';
      readonly target: Expression;
      readonly name: string;
      readonly args?: readonly Expression[];
    }
  | { readonly type: 'static'; readonly of: string; readonly name: string; readonly args?: readonly Expression[] }
  | { readonly type: 'cast'; readonly to: string; readonly value: Expression }
  | { readonly type: 'index'; readonly target: Expression; readonly at: Expression }
  | { readonly type: 'unary'; readonly operator: string; readonly value: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'list'; readonly items: readonly Expression[] };

export interface Argument {
  /** `-Name`, without the dash and in small letters. */
  readonly parameter?: string;
  readonly value?: Expression;
}

export type Stage =
  | { readonly type: 'command'; readonly name: string; readonly args: readonly Argument[] }
  | { readonly type: 'expression'; readonly value: Expression };

export type Statement =
  | { readonly type: 'pipeline'; readonly stages: readonly Stage[] }
  | {
      readonly type: 'assign';
      readonly name: string;
      readonly operator: string;
      readonly value: Statement;
    }
  | {
      readonly type: 'if';
      readonly branches: readonly { readonly test: Statement; readonly body: readonly Statement[] }[];
      readonly otherwise: readonly Statement[];
    }
  | { readonly type: 'foreach'; readonly name: string; readonly of: Statement; readonly body: readonly Statement[] }
  | { readonly type: 'try'; readonly body: readonly Statement[]; readonly failed: readonly Statement[] }
  | { readonly type: 'exit'; readonly code: Statement | undefined }
  | { readonly type: 'throw'; readonly value: Statement | undefined }
  | { readonly type: 'continue' };
