import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a server speak `locale` to extensions. The real language packs live in a marketplace; this one has no
 * sentences of its own, so the workbench stays English while extensions see and get their translations.
 */
export async function writeLanguagePack(serverData: string, locale: string): Promise<void> {
  const directory = join(serverData, 'extensions', `harness.language-pack-${locale}-1.0.0`);
  const translation = join(directory, 'main.i18n.json');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest(locale)));
  await writeFile(translation, JSON.stringify({ version: '1.0.0', contents: {} }));
  await mkdir(join(serverData, 'data'), { recursive: true });
  await writeFile(join(serverData, 'data', 'languagepacks.json'), JSON.stringify(index(locale, translation)));
}

function manifest(locale: string): object {
  const translations = [{ id: 'vscode', path: './main.i18n.json' }];
  return {
    name: `language-pack-${locale}`,
    publisher: 'harness',
    version: '1.0.0',
    engines: { vscode: '*' },
    contributes: { localizations: [{ languageId: locale, languageName: locale, translations }] },
  };
}

/** What the server would write itself, one start later. */
function index(locale: string, translation: string): object {
  const id = `harness.language-pack-${locale}`;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 32);
  const extensions = [{ extensionIdentifier: { id }, version: '1.0.0' }];
  return { [locale]: { hash, label: locale, extensions, translations: { vscode: translation } } };
}
