import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { repository } from '../../workbench/paths';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Field[];
}

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: {
    readonly label?: string;
    readonly description?: string;
    readonly value?: string;
    readonly options?: readonly (string | { readonly label: string; readonly required?: boolean })[];
  };
  readonly validations?: { readonly required?: boolean };
}

/** What GitHub refuses to show as a form (its syntax for issue forms). */
function formProblems({ name, description, body }: Form): string[] {
  const ids = body.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return [
    ...(name === '' || description === '' ? ['The form needs a name and a description.'] : []),
    ...(body.every(({ type }) => type === 'markdown') ? ['The form asks nothing.'] : []),
    ...(new Set(ids).size < ids.length ? ['Two fields have one id.'] : []),
    ...body.flatMap(fieldProblems),
  ];
}

const kinds = {
  markdown: ['value'],
  input: ['label', 'description', 'placeholder', 'value'],
  textarea: ['label', 'description', 'placeholder', 'value', 'render'],
  dropdown: ['label', 'description', 'multiple', 'options', 'default'],
  checkboxes: ['label', 'description', 'options'],
};

function fieldProblems({ type, id = type, attributes, validations = {} }: Field): string[] {
  const allowed = Object.entries(kinds).find(([kind]) => kind === type)?.[1];
  if (allowed === undefined) return [`"${type}" is no kind of field.`];
  const { label, value, options = [] } = attributes;
  const texts = options.map((option) => (typeof option === 'string' ? option : option.label));
  return [
    ...Object.keys(attributes).flatMap((key) => (allowed.includes(key) ? [] : [`${id} cannot have "${key}".`])),
    ...(Object.keys(validations).some((key) => key !== 'required') ? [`${id} has a rule GitHub does not know.`] : []),
    ...((type === 'markdown' ? value : label) ? [] : [`${id} says nothing.`]),
    ...(/^[A-Za-z0-9_-]+$/.test(id) ? [] : [`"${id}" is no id.`]),
    ...(allowed.includes('options') && texts.length === 0 ? [`${id} has nothing to choose from.`] : []),
    ...(new Set(texts).size < texts.length ? [`${id} has one choice twice.`] : []),
    ...(type === 'dropdown' && texts.includes('None') ? [`${id} has "None", which GitHub adds itself.`] : []),
  ];
}

describe('issue forms', () => {
  const folder = '.github/ISSUE_TEMPLATE';
  for (const file of readdirSync(join(repository, folder)).filter((name) => name !== 'config.yml')) {
    it(`${file} is one that GitHub shows, in both languages`, () => {
      const form = parse(read(`${folder}/${file}`)) as Form;
      assert.deepEqual(formProblems(form), []);
      for (const { type, attributes } of form.body) {
        const text = type === 'markdown' ? attributes.value : attributes.label;
        assert.match(text ?? '', /[\u4e00-\u9fff]/, 'Chinese is missing.');
        assert.match(text ?? '', /[A-Za-z]{3}/, 'English is missing.');
      }
    });
  }

  it('the form for bugs asks for what a diagnosis needs, and for no secret', () => {
    const { body } = parse(read(`${folder}/bug.yml`)) as Form;
    const required = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
    assert.deepEqual(required, ['version', 'editor', 'system', 'cloud', 'happened', 'steps']);
    const texts = body.map(({ attributes }) => `${attributes.label ?? ''} ${attributes.value ?? ''}`);
    assert.match(texts[0] ?? '', /keys, tokens, profile files or the journal/);
    assert.ok(texts.some((text) => text.startsWith('Diagnose Connection')));
    const words = JSON.parse(read('package.nls.json')) as Record<string, string>;
    assert.ok(texts.some((text) => text.includes(words['command.diagnoseConnection']?.replace('…', '') ?? '?')));
  });

  const sound: Field = { type: 'input', id: 'a', attributes: { label: 'A' } };
  const mistakes: Record<string, readonly Field[]> = {
    'a kind that does not exist': [{ ...sound, type: 'text' }],
    'a field without a label': [{ ...sound, attributes: {} }],
    'two fields of one id': [sound, sound],
    'an id with a blank': [{ ...sound, id: 'a b' }],
    'no choices': [{ ...sound, type: 'dropdown' }],
    'a choice twice': [{ ...sound, type: 'dropdown', attributes: { label: 'A', options: ['x', 'x'] } }],
    'a rule that does not exist': [{ ...sound, validations: { pattern: 'x' } as object }],
    'an attribute of another kind': [{ ...sound, attributes: { label: 'A', options: ['x'] } }],
    'nothing to fill in': [{ type: 'markdown', attributes: { value: 'A' } }],
  };
  for (const [name, body] of Object.entries(mistakes)) {
    it(`the test finds ${name}`, () => assert.equal(formProblems({ name: 'n', description: 'd', body }).length, 1));
  }
});

const skipped = /^(?:node_modules|dist|out|\.git|\.vscode-test|test-results)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : filesBelow(path);
    return /\.(?:png|vsix|json|ttf)$/.test(path) || !entry.isFile() ? [] : [path];
  });
}

describe('the public address', () => {
  const checklist = /### When there is a public address\n([\s\S]*?)(?=\n#|$)/.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const rows = [...checklist.matchAll(/^\| (`.*?) +\|/gm)].map(([, places = '']) => places);
  const listed = rows.flatMap((places) => places.split(', ').map((place) => place.replaceAll('`', '')));

  it('every place that waits for it is in the checklist, and no other', () => {
    const here = ['CONTRIBUTING.md', 'test/unit/project/community.test.ts'];
    const waiting = filesBelow('').filter((path) => !here.includes(path) && /no public address yet/i.test(read(path)));
    assert.deepEqual([...waiting, 'package.json'].sort(), listed.sort());
  });

  it('the manifest waits for it, too', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, unknown>;
    const waits = ['repository', 'bugs', 'homepage'].filter((key) => manifest[key] === undefined);
    assert.ok(waits.length === (manifest['private'] === true ? 3 : 0), 'The manifest has some of it only.');
    assert.equal(listed.includes('package.json'), waits.length > 0);
  });

  it('no other kind of placeholder is left', () => {
    const placeholder = /\b(?:TODO|FIXME|TBD)\b|your-org|OWNER\/REPO/;
    const own = 'test/unit/project/community.test.ts';
    const texts = filesBelow('').filter((path) => !/^test\/(?:fixtures|vectors)\//.test(path) && path !== own);
    assert.deepEqual(
      texts.filter((path) => placeholder.test(read(path))),
      [],
    );
  });
});
