import * as l10n from '@vscode/l10n';
import type { Script, ScriptLanguage } from '../../core/script';
import type { FileTrouble, FolderFile, FolderRead } from '../../platform/scriptFolder';
import type { ScriptHeader } from './headerTypes';
import { readHeader, wordsIn } from './scriptHeader';

const languages: Readonly<Record<string, ScriptLanguage>> = {
  '.sh': 'shell',
  '.ps1': 'powershell',
  '.bat': 'batch',
  '.cmd': 'batch',
  '.py': 'python',
};

export const snippetEndings = Object.keys(languages);

/** A job that is ready to be run: a script, or one for each system. */
export interface Snippet {
  readonly name: string;
  readonly description: string;
  readonly effect: ScriptHeader['effect'];
  /** What it is for, where it can be told. */
  readonly scripts: readonly Script[];
  /** The file that is shown for it. */
  readonly path: string;
  /** Why it cannot be run; undefined where it can. */
  readonly problem: string | undefined;
}

/**
 * The jobs in a folder's files: `disk.sh` and `disk.ps1` are one, told in the words of the one in a language that is
 * wanted. What cannot be used is among them, with the reason.
 */
export function snippetsOf(
  files: readonly FolderFile[],
  language: string,
  wanted: readonly ScriptLanguage[] = [],
): Snippet[] {
  const jobs = new Map<string, FolderFile[]>();
  for (const file of files) {
    const key = jobKey(file.name, jobs);
    jobs.set(key, [...(jobs.get(key) ?? []), file]);
  }
  return [...jobs.values()]
    .map((parts) => snippetOf(parts.toSorted(wantedFirst(wanted)), language))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

function wantedFirst(wanted: readonly ScriptLanguage[]): (a: FolderFile, b: FolderFile) => number {
  const isWanted = ({ name }: FolderFile): number => Number(wanted.some((one) => one === languageOf(name)));
  return (a, b) => isWanted(b) - isWanted(a);
}

/** Files of the same name share a job as long as each is for another system. */
function jobKey(name: string, jobs: ReadonlyMap<string, readonly FolderFile[]>): string {
  const base = name.replace(/\.\w+$/, '');
  const taken = jobs.get(base)?.some((other) => isForWindows(other.name) === isForWindows(name)) === true;
  return taken ? name : base;
}

function isForWindows(name: string): boolean {
  return /\.(?:ps1|bat|cmd)$/i.test(name);
}

function snippetOf(parts: readonly FolderFile[], language: string): Snippet {
  const read = parts.map((file) => ({ file, script: scriptOf(file), ...headOf(file) }));
  const header = read.find((one) => one.header !== undefined)?.header;
  const [first] = parts;
  const problem = read.flatMap((one) => one.problem ?? [])[0];
  // The careful one counts where the two say different things.
  const isReading = read.every((one) => one.header?.effect === 'reads');
  const name = header?.name === undefined ? parts.map((file) => file.name).join(', ') : wordsIn(header.name, language);
  return {
    name,
    description: header?.description === undefined ? '' : wordsIn(header.description, language),
    effect: isReading ? 'reads' : 'changes',
    scripts: read.flatMap(({ script }) => script ?? []),
    path: read.find((one) => one.problem !== undefined)?.file.path ?? first?.path ?? '',
    problem,
  };
}

function languageOf(name: string): ScriptLanguage | undefined {
  return languages[/\.\w+$/.exec(name.toLowerCase())?.[0] ?? ''];
}

function scriptOf({ name, text }: FolderFile): Script | undefined {
  const language = languageOf(name);
  return language === undefined || text === undefined ? undefined : { language, name, text };
}

function headOf({ name, text, trouble }: FolderFile): {
  readonly header: ScriptHeader | undefined;
  readonly problem?: string;
} {
  const language = languageOf(name);
  if (text === undefined || language === undefined) return { header: undefined, problem: troubleText(name, trouble) };
  const { header, problems } = readHeader(text, language);
  const [first] = problems;
  if (first === undefined) return { header };
  return { header, problem: l10n.t('{0}, line {1}: {2}', name, first.line, first.text) };
}

function troubleText(name: string, trouble: FileTrouble = 'unreadable'): string {
  switch (trouble) {
    case 'tooLarge':
      return l10n.t('{0} is larger than 64 KB.', name);
    case 'notText':
      return l10n.t('{0} is not text in UTF-8 or UTF-16. Save it as UTF-8.', name);
    case 'tooMany':
      return l10n.t('The folder holds more than 300 scripts; the rest is not read.');
    case 'unreadable':
      return l10n.t('{0} cannot be read.', name);
    default: {
      const never: never = trouble;
      return never;
    }
  }
}

/** Why a folder of scripts gives none, in words. */
export function folderProblem(read: Extract<FolderRead, { ok: false }>): string {
  switch (read.reason) {
    case 'notAbsolute':
      return l10n.t('The folder of scripts must be an absolute path, or begin with ~/.');
    case 'missing':
      return l10n.t('The folder of scripts does not exist.');
    case 'noFolder':
      return l10n.t('The path of the folder of scripts leads to a file.');
    case 'unreadable':
      return l10n.t('The folder of scripts cannot be read ({0}).', read.detail);
    default: {
      const never: never = read.reason;
      return never;
    }
  }
}
