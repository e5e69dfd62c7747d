import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../test/workbench/paths';
import { bundledPackages } from './bundledPackages';

const file = join(repository, 'THIRD_PARTY_NOTICES.md');

/** THIRD_PARTY_NOTICES.md as it must be: the licence of every package whose code is in the extension. */
export async function thirdPartyNotices(): Promise<string> {
  const present = await readFile(file, 'utf8');
  const sections = await Promise.all((await bundledPackages()).map((name) => sectionOf(name, present)));
  const introduction = 'Cloud Assistant Explorer contains the following packages, each under its own licence.';
  return `${['# Third-party notices', introduction, ...sections].join('\n\n')}\n`;
}

async function sectionOf(name: string, present: string): Promise<string> {
  const folder = join(repository, 'node_modules', name);
  const { license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { readonly license: string };
  const licences = (await readdir(folder)).filter((entry) => /^licen[cs]e/i.test(entry)).sort();
  const texts = await Promise.all(licences.map((entry) => readFile(join(folder, entry), 'utf8')));
  const text = texts.length > 0 ? texts.map(tidy).join('\n\n---\n\n') : writtenByHand(name, present);
  return `## ${name} (${license})\n\n\`\`\`text\n${text}\n\`\`\``;
}

/** A package without a licence file keeps the text that is there already. */
function writtenByHand(name: string, present: string): string {
  const section = present.split(/^## /m).find((text) => text.startsWith(`${name} (`));
  const text = /```text\n([\s\S]*?)\n```/.exec(section ?? '')?.[1];
  if (text === undefined)
    throw new Error(`${name} has no licence file: write its section into THIRD_PARTY_NOTICES.md.`);
  return text;
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

if (require.main === module) {
  thirdPartyNotices()
    .then((text) => writeFile(file, text))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    });
}
