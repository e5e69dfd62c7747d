import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordRange } from '../../../../src/services/exchanges/recordRange';
import { layOutJson } from '../../../../src/util/jsonText';

function found(text: string, language: 'json' | 'xml' | 'text', id: string): string | undefined {
  const range = recordRange(text, language, id);
  return range && text.slice(range.start, range.end);
}

describe('a record in an answer', () => {
  const json = (name: string, value: unknown, id: string, expected: unknown): void =>
    void it(name, () => {
      for (const text of [JSON.stringify(value), layOutJson(JSON.stringify(value))]) {
        const part = found(text, 'json', id);
        assert.deepEqual(part === undefined ? undefined : JSON.parse(part), expected);
      }
    });
  const [one, two] = [{ InstanceId: 'i-1', Tags: [{ Key: 'a', Value: '}' }] }, { InstanceId: 'i-2' }];
  json('is found in JSON', { Instances: [one, two] }, 'i-2', two);
  json('is whole, whatever its texts hold', { Instances: [one, two] }, 'i-1', one);
  json('is the least deep of several', { L: [{ Of: { Id: 'i-1' }, Id: 'i-9' }, { Id: 'i-1' }] }, 'i-1', { Id: 'i-1' });
  json('is not a part of an id', { L: [{ Id: 'i-10' }] }, 'i-1', undefined);
  json('is not what is only in a list of ids', { Ids: ['i-1'] }, 'i-1', undefined);
  json('is not a name', { L: [{ 'i-1': 1 }] }, 'i-1', undefined);
  json('is found by an id with quotes in it', { L: [{ Id: 'a"b' }] }, 'a"b', { Id: 'a"b' });

  const xml = (name: string, text: string, id: string, expected: string | undefined): void =>
    void it(name, () => assert.equal(found(text, 'xml', id), expected));
  const item = '<Instance>\n  <Id>i-2</Id>\n  <Empty/>\n  <Eip><Id>e-1</Id></Eip>\n</Instance>';
  const answer = `<?xml version="1.0"?>\n<R><Instances><Instance><Id>i-1</Id></Instance>${item}</Instances></R>`;
  xml('is found in XML', answer, 'i-2', item);
  xml('is the element around the id', answer, 'e-1', '<Eip><Id>e-1</Id></Eip>');
  xml('is nowhere when the id is nowhere', answer, 'i-3', undefined);

  it('is not looked for in other texts', () => assert.equal(found('i-1', 'text', 'i-1'), undefined));

  it('is nowhere in what is cut off', () => assert.equal(found('{"L":[{"Id":"i-1"', 'json', 'i-1'), undefined));
});
