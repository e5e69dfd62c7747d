import * as l10n from '@vscode/l10n';
import type { ScriptLanguage, ScriptValue } from '../core/script';

export interface ValueProblem {
  readonly name: string;
  readonly text: string;
}

export type RenderedValues =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/**
 * Values as quoted assignments, one a line: whatever stands in a value reaches the script as that data. The clouds
 * would paste them in as bare text, which lets a value become a command.
 */
export function renderValues(language: ScriptLanguage, values: readonly ScriptValue[]): RenderedValues {
  const problems = values.flatMap((value, index) => problemsOf(language, value, values.slice(0, index)));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, lines: values.map((value) => assignment(language, value)) };
}

/** Why a script of that language cannot be given a value; undefined where it can. */
export function valueProblem(language: ScriptLanguage, value: ScriptValue): string | undefined {
  return problemsOf(language, value, [])[0]?.text;
}

/** One value as an assignment; it must have no problems. */
function assignment(language: ScriptLanguage, { name, value }: ScriptValue): string {
  switch (language) {
    case 'shell':
      return `${name}=${quoteShell(value)}`;
    case 'powershell':
      return `$${name} = ${quotePowerShell(value)}`;
    case 'batch':
      return `set "${name}=${value}"`;
    case 'python':
      return `${name} = ${quotePython(value)}`;
  }
}

/** A text of `sh`, in which nothing but the quote itself means anything. */
export function quoteShell(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/**
 * A text of PowerShell. Each of the five characters that end it is doubled: Chinese input methods type four of them.
 * Line ends stand outside of the quotes, because the agent on Windows writes them anew.
 */
export function quotePowerShell(value: string): string {
  const parts = value.split(/([\r\n])/).filter((part) => part !== '');
  const written = parts.map((part) =>
    part === '\r' || part === '\n'
      ? `[char]${part.charCodeAt(0)}`
      : `'${part.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`,
  );
  // A sum of texts needs a text first.
  const [first = "''"] = written;
  return (first.startsWith('[') ? ["''", ...written] : written.length === 0 ? [first] : written).join(' + ');
}

/** A text of Python 3 that is all ASCII, so that no encoding of the file changes it. */
export function quotePython(value: string): string {
  let text = '';
  for (const c of value) {
    const code = c.codePointAt(0) ?? 0;
    if (c === '"' || c === '\\') text += `\\${c}`;
    else if (code >= 0x20 && code < 0x7f) text += c;
    else text += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `"${text}"`;
}

/** What a batch file can be given: there is no way to quote anything else there. */
const safeInBatch = /^[A-Za-z0-9_.:/\\-]*$/;
const longestName = 64;

function problemsOf(
  language: ScriptLanguage,
  { name, value }: ScriptValue,
  before: readonly ScriptValue[],
): ValueProblem[] {
  const texts = [...nameProblems(language, name, before), ...valueProblems(language, value)];
  return texts.map((text) => ({ name, text }));
}

function nameProblems(language: ScriptLanguage, name: string, before: readonly ScriptValue[]): string[] {
  if (!/^[A-Za-z_]\w*$/.test(name) || name.length > longestName)
    return [l10n.t('A parameter is named with letters, digits and _ only, no digit first, at most 64 characters.')];
  if (reserved[language].test(name)) return [l10n.t('This name has a meaning of its own there. Choose another one.')];
  const same = (one: string): boolean =>
    language === 'shell' || language === 'python' ? one === name : one.toLowerCase() === name.toLowerCase();
  return before.some((one) => same(one.name)) ? [l10n.t('Two parameters have this name.')] : [];
}

function valueProblems(language: ScriptLanguage, value: string): string[] {
  if (value.includes('\0')) return [l10n.t('The value holds a null character, which no script can be given.')];
  if (/\p{Surrogate}/u.test(value)) return [l10n.t('The value holds half a character, which cannot be sent.')];
  if (language === 'batch' && !safeInBatch.test(value))
    return [
      l10n.t(
        'A batch file can be given letters, digits and _ . : / \\ - only: it has no safe way to quote anything else. Use PowerShell for this value.',
      ),
    ];
  return [];
}

/** Names whose change would change how the script runs. */
const reserved: Readonly<Record<ScriptLanguage, RegExp>> = {
  shell:
    /^(PATH|IFS|HOME|PWD|OLDPWD|SHELL|ENV|BASH_\w*|BASHOPTS|SHELLOPTS|LD_\w*|PS[1-4]|CDPATH|OPTIND|OPTARG|PPID|UID|EUID|RANDOM|SECONDS|LINENO|_)$/,
  powershell:
    /^(true|false|null|args|input|error|host|home|pid|pwd|profile|matches|this|_|psitem|psscriptroot|pscommandpath|myinvocation|pshome|psversiontable|executioncontext|stacktrace|lastexitcode|shellid|ofs|pscmdlet|psboundparameters|foreach|switch|sender|event\w*|nestedpromptlevel|\w*preference|psculture|psuiculture)$/i,
  batch:
    /^(path|pathext|comspec|systemroot|windir|temp|tmp|cd|date|time|random|errorlevel|cmdcmdline|cmdextversion|username|computername)$/i,
  python:
    /^(False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|__\w*__|print|str|open)$/,
};
