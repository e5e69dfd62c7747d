import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagedReadme } from '../../../scripts/packagedReadme';
import { repository } from '../../workbench/paths';

function check(name: string, text: string, expected: string, address?: string): void {
  test(name, () => assert.equal(packagedReadme(text, address), expected));
}

check('a paragraph of pictures is left out', '# A\n\n![a](a.png)\n![b](b.png)\n\nB\n', '# A\n\nB\n');
check('a table of pictures is left out', 'A\n\n| x | y |\n| - | - |\n| ![a](a.png) | ![b](b.png) |\n\nB\n', 'A\n\nB\n');
check('a table of words stays', '| x |\n| - |\n| y |\n', '| x |\n| - |\n| y |\n');
check('an empty table stays', '| x |\n| - |\n', '| x |\n| - |\n');
check('links stay', 'See [that](B.md).\n', 'See [that](B.md).\n');
check(
  'with an address, pictures are taken from there',
  '![a](media/a.png) and ![b](https://c.example/b.png), [that](B.md)\n',
  '![a](https://d.example/raw/v1/media/a.png) and ![b](https://c.example/b.png), [that](B.md)\n',
  'https://d.example/raw/v1',
);

test('a picture among words is refused', () => {
  assert.throws(() => packagedReadme('See ![a](a.png) here.\n'), /!\[a\]\(a\.png\)/);
});

for (const name of ['README.md', 'README.zh-CN.md']) {
  test(`${name} has pictures, in the package it has none`, async () => {
    const text = await readFile(join(repository, name), 'utf8');
    assert.match(text, /!\[/);
    assert.doesNotMatch(packagedReadme(text), /!\[|\.png/);
  });
}

test('both languages have the same headings', async () => {
  const levels = async (name: string) =>
    (await readFile(join(repository, name), 'utf8')).match(/^#+(?= )/gm)?.map((marks) => marks.length);
  assert.deepEqual(await levels('README.zh-CN.md'), await levels('README.md'));
});
