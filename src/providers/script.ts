import * as l10n from '@vscode/l10n';
import type { ScriptLanguage, ScriptValue } from '../core/script';
import { withoutMark } from '../util/decodeText';
import { sha256 } from '../util/hash';
import { renderValues, type ValueProblem } from './quoting';

/** A script as it is confirmed and sent, and what is said of it. */
export interface FinishedScript {
  readonly language: ScriptLanguage;
  readonly content: string;
  readonly lines: number;
  readonly bytes: number;
  /** What counts against the cloud's limit. */
  readonly base64Bytes: number;
  readonly sha256: string;
}

export interface ScriptParts {
  readonly language: ScriptLanguage;
  readonly body: string;
  readonly values?: readonly ScriptValue[];
  /** The first line that the cloud wants; the script's own goes before it. */
  readonly interpreterLine?: string | undefined;
}

export type Assembled =
  | { readonly ok: true; readonly script: FinishedScript }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/** The script with its values in front of it, behind what must come first in its language. */
export function assembleScript({ language, body, values = [], interpreterLine }: ScriptParts): Assembled {
  const rendered = renderValues(language, values);
  if (!rendered.ok) return rendered;
  const text = withoutMark(body);
  const split = headEnd(language, text);
  const lineEnd = language === 'powershell' || language === 'batch' ? lineEndOf(text) : '\n';
  const head = withInterpreter(text.slice(0, split), interpreterLine);
  const assignments = rendered.lines.map((line) => `${line}${lineEnd}`).join('');
  const gap = assignments !== '' && head !== '' && !/\n$/.test(head) ? lineEnd : '';
  return { ok: true, script: finishScript(language, head + gap + assignments + text.slice(split)) };
}

export function finishScript(language: ScriptLanguage, content: string): FinishedScript {
  const bytes = Buffer.byteLength(content);
  return {
    language,
    content,
    lines: content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0),
    bytes,
    base64Bytes: Math.ceil(bytes / 3) * 4,
    /** The same number for the same bytes: what was confirmed, what was sent, what the cloud has stored. */
    sha256: sha256(content),
  };
}

/** Why the cloud would not take the script for its size; undefined where it does. */
export function sizeProblem({ base64Bytes }: FinishedScript, limit: number): string | undefined {
  if (base64Bytes <= limit) return undefined;
  const most = Math.floor(limit / 4) * 3;
  return l10n.t(
    'The script has {0} bytes in Base64, and the cloud takes {1}: about {2} bytes of text. Shorten it, or let it fetch what it needs.',
    base64Bytes,
    limit,
    most,
  );
}

/** How lines end in a text. A shell takes the carriage return of Windows for a part of the last word. */
export function lineEndings(text: string): 'lf' | 'crlf' | 'mixed' | 'none' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  if (all === 0) return 'none';
  return windows === 0 ? 'lf' : windows === all ? 'crlf' : 'mixed';
}

/** The text with the line ends of Unix. */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function lineEndOf(text: string): string {
  return lineEndings(text) === 'lf' ? '\n' : '\r\n';
}

function withInterpreter(head: string, line: string | undefined): string {
  return line === undefined || head.startsWith('#!') ? head : `${line}\n${head}`;
}

/** Where assignments may stand: behind the line that names the interpreter and what a language wants at its top. */
function headEnd(language: ScriptLanguage, text: string): number {
  switch (language) {
    case 'shell':
      return text.startsWith('#!') ? afterLine(text, 0) : 0;
    case 'python':
      return pythonHead(text);
    case 'batch':
      return /^@?echo off\b/i.test(text) ? afterLine(text, 0) : 0;
    case 'powershell':
      return powerShellHead(text);
  }
}

function afterLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** The first two lines may name interpreter and encoding; `__future__` must come before everything else. */
function pythonHead(text: string): number {
  let end = 0;
  for (let at = 0; at < text.length; at = afterLine(text, at)) {
    const line = text.slice(at, afterLine(text, at));
    if (/^from __future__ import/.test(line)) end = afterLine(text, at);
    else if (/^#/.test(line) && end === at) end = afterLine(text, at);
    else if (!/^\s*(#|$)/.test(line)) break;
  }
  return end;
}

/** `using`, `#requires` and `param(…)` must come first. */
function powerShellHead(text: string): number {
  let end = 0;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const skipped =
      /^(?:[ \t\r\n]+|<#[^#]*(?:#(?!>)[^#]*)*#>|#[^\n]*(?:\n|$)|using[ \t][^\n]*(?:\n|$)|\[CmdletBinding\([^)]*\)\])/i.exec(
        rest,
      )?.[0];
    if (skipped === undefined) break;
    at += skipped.length;
    if (/^(?:using|#requires)/i.test(skipped)) end = at;
  }
  const parameters = /^param[ \t\r\n]*\(/i.exec(text.slice(at));
  return parameters === null ? end : closing(text, at + parameters[0].length);
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === "'" || c === '"') at = Math.max(at, text.indexOf(c, at + 1));
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}
