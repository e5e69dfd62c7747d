import * as l10n from '@vscode/l10n';
import { accountName } from '../core/accountName';
import type { KeySource } from '../core/credentialSource';
import type { ParsedFile } from '../core/profileFile';
import { parseIni, type Ini } from '../util/ini';

/** The values of a section, by name. */
export type Section = ReadonlyMap<string, string>;

/**
 * Reads a credentials file in the form of an ini, where each section is a profile. Undefined when there is text but no
 * section: not a file of this kind, or a part of one.
 */
export function parseSections(content: string, keys: (section: Section) => KeySource): ParsedFile | undefined {
  const ini = parseIni(content);
  if (ini.sections.size === 0 && ini.strangeLines.length > 0) return undefined;
  return {
    profiles: [...ini.sections].map(([name, section]) => ({
      name,
      keys: ini.repeated.has(name) ? uncertain(name) : keys(section),
    })),
    problems: problemsOf(ini),
  };
}

/** Which id belongs to which secret cannot be told, and the wrong pair would be somebody else's account. */
function uncertain(name: string): KeySource {
  return {
    type: 'none',
    why: () => repeatedText(name),
    advice: () => l10n.t('Leave one section of each name in the file, and each value once in it.'),
  };
}

function repeatedText(name: string): string {
  return l10n.t('The section "{0}" or a value in it stands there twice, so its keys are not used.', accountName(name));
}

function problemsOf({ strangeLines, repeated }: Ini): string[] {
  const twice = [...repeated].map(repeatedText);
  if (strangeLines.length === 0) return twice;
  return [
    ...twice,
    l10n.t(
      'Lines that are neither a section nor "name = value" are ignored: {0}.',
      strangeLines.slice(0, 10).join(', '),
    ),
  ];
}
