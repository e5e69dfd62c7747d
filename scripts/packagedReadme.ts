/**
 * A README as it goes into the package. VS Code's details page shows pictures from `https:` addresses alone, so
 * with an address they are taken from there, and without one they are left out: a paragraph of pictures goes, and so
 * does a table whose rows hold nothing else.
 */
export function packagedReadme(text: string, picturesAddress?: string): string {
  if (picturesAddress !== undefined) return text.replace(relativePicture, `$1${picturesAddress}/`);
  const blocks = text.split('\n\n').filter((block) => !isOfPictures(block));
  const left = blocks.flatMap((block) => block.match(picture) ?? [])[0];
  if (left !== undefined) throw new Error(`Give the picture a paragraph or a table of its own: ${left}`);
  return `${blocks.join('\n\n').trimEnd()}\n`;
}

const picture = /!\[[^\]]*\]\([^)]*\)/g;
const relativePicture = /(!\[[^\]]*\]\()(?!https:)/g;

function isOfPictures(block: string): boolean {
  const lines = block.split('\n');
  const rows = lines.every((line) => line.startsWith('|')) ? lines.slice(2) : lines;
  const text = rows.join('');
  const rest = text.replace(picture, '').replaceAll('|', '').trim();
  return text.trim() !== '' && rest === '' && text !== rest;
}
