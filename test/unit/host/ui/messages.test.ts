import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type * as messages from '../../../../src/host/ui/messages';
import { FakeVscode, requireWith } from '../../support/fakeVscode';

type Messages = typeof messages;

/** As VS Code finds links in a message (`linkedText.ts`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

async function shown(show: (messages: Messages) => Thenable<unknown>): Promise<{ message: string; detail: string }> {
  const vscode = new FakeVscode();
  const options: unknown[] = [];
  const window = {
    ...vscode.window,
    showErrorMessage: (message: string, first: unknown) => {
      options.push({ message, ...(typeof first === 'object' ? first : {}) });
      return Promise.resolve(undefined);
    },
  };
  await show(requireWith<Messages>(Object.assign(Object.create(vscode) as FakeVscode, { window }), 'ui/messages'));
  const [said] = options as { message: string; detail?: string }[];
  return { message: said?.message ?? '', detail: said?.detail ?? '' };
}

const hostile = fc.string({ unit: fc.constantFrom('[', ']', '(', ')', 'a', '\n', ' ', '\u2060', 'command:x', '"') });

describe('a message in the corner', () => {
  test('links nowhere, whatever a cloud says', () =>
    fc.assert(
      fc.asyncProperty(hostile, hostile, async (before, after) => {
        const text = `${before}[pay](command:workbench.action.quit)${after}`;
        assert.doesNotMatch((await shown(({ notify }) => notify('error', text))).message, link);
      }),
    ));
  test('is one line', async () =>
    assert.equal((await shown(({ notify }) => notify('error', 'a\nb'))).message, 'a\\u{a}b'));
  test('is shown as it is when it was made safe before', async () =>
    assert.equal((await shown(({ notify }) => notify('error', '[a]\u2060(b)'))).message, '[a]\u2060(b)'));
});

test('a question shows names exactly, in the lines we made', async () => {
  const { message, detail } = await shown(({ showModal }) =>
    showModal('error', { message: 'a\u202eb', detail: 'first\n[x](command:y)\u200b' }),
  );
  assert.deepEqual({ message, detail }, { message: 'a\\u{202e}b', detail: 'first\n[x](command:y)\\u{200b}' });
});
