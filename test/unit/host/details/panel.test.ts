import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { parseToHost, type ToHost } from '../../../../src/core/panelProtocol';
import { parseTargetKey } from '../../../../src/core/parseTarget';
import { targetKey, type Target } from '../../../../src/core/target';
import { webviewHtml } from '../../../../src/host/contract/webviewPage';
import { Requests } from '../../../../src/webview/requests';

describe('the page of the details view', () => {
  const html = webviewHtml({
    main: 'details',
    source: 'https://*.vscode-cdn.net',
    nonce: 'n0nce',
    script: 'https://files/webview.js',
    styles: ['https://files/a.css', 'https://files/b.css'],
    language: 'zh-cn',
    title: '"><script>alert(1)</script>',
    loading: 'Loading…',
  });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'");

  it('allows its own script, styles and font and nothing else', () => {
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-n0nce'; style-src https://*.vscode-cdn.net; font-src https://*.vscode-cdn.net; base-uri 'none'; form-action 'none'",
    );
  });

  it('has one script, with the nonce and without a body', () => {
    assert.deepEqual(html.match(/<script[^>]*>[^<]*<\/script>/g), [
      '<script nonce="n0nce" src="https://files/webview.js"></script>',
    ]);
  });

  it('has no inline style and no inline handler', () => {
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/i);
  });

  it('shows its title as text', () => {
    assert.ok(html.includes('<title>&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;</title>'));
  });

  it('says its language', () => assert.match(html, /<html lang="zh-cn">/));
});

describe('a message from the page', () => {
  const accepts = (message: ToHost): void =>
    void it(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(parseToHost(message), message));
  const ignores = (message: unknown): void =>
    void it(`${JSON.stringify(message)} is ignored`, () => assert.equal(parseToHost(message), undefined));
  accepts({ type: 'ready' });
  for (const name of ['refresh', 'openResponse'] as const)
    accepts({ type: 'request', id: 1, key: 'k', request: { name } });
  accepts({ type: 'request', id: 1, key: 'k', request: { name: 'act', action: 'deregisterManagedInstance' } });
  accepts({ type: 'request', id: 2, key: 'k', request: { name: 'copy', text: 'x' } });
  ignores(undefined);
  ignores('ready');
  ignores({});
  ignores({ type: 'ready', extra: 1 });
  ignores({ type: 'request', id: 1, request: { name: 'refresh' } });
  ignores({ type: 'request', id: -1, key: 'k', request: { name: 'refresh' } });
  ignores({ type: 'request', id: 1.5, key: 'k', request: { name: 'refresh' } });
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'copy' } });
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'copy', text: 'x'.repeat(100_001) } });
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'runCommand', text: 'x' } });
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'act' } });
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'act', action: 'x'.repeat(101) } });
  // What is acted on is decided by the panel the message comes from, never by the message.
  ignores({ type: 'request', id: 1, key: 'k', request: { name: 'act', action: 'rename', target: 'other' } });
});

describe('what the page asks', () => {
  function page() {
    const sent: ToHost[] = [];
    return {
      sent,
      requests: new Requests(
        (message) => sent.push(message),
        () => 'No answer.',
      ),
    };
  }

  it('ends with the answer to it, whatever order answers come in', async () => {
    const { sent, requests } = page();
    const first = requests.send({ name: 'refresh' }, 'k');
    const second = requests.send({ name: 'openResponse' }, 'k');
    assert.deepEqual(sent, [
      { type: 'request', id: 1, key: 'k', request: { name: 'refresh' } },
      { type: 'request', id: 2, key: 'k', request: { name: 'openResponse' } },
    ]);
    requests.settle({ type: 'answer', id: 2, ok: false, error: 'None.' });
    requests.settle({ type: 'answer', id: 1, ok: true });
    await first;
    await assert.rejects(second, /^Error: None\.$/);
  });

  it('ends by itself when no answer comes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const waiting = page().requests.send({ name: 'refresh' }, 'k');
      mock.timers.tick(120_000);
      await assert.rejects(waiting, /^Error: No answer\.$/);
    } finally {
      mock.timers.reset();
    }
  });

  it('ignores answers to nothing', () => page().requests.settle({ type: 'answer', id: 7, ok: true }));
});

describe('the key of a target', () => {
  it('leads back to the target', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    const targets = fc.record<Target>(
      {
        provider: fc.constantFrom('alibabaCloud', 'volcengine'),
        accountId: text,
        region: text,
        kind: fc.constantFrom('managedInstance', 'activation', 'instance'),
        id: text,
      },
      { noNullPrototype: true },
    );
    fc.assert(fc.property(targets, (target) => assert.deepEqual(parseTargetKey(targetKey(target)), target)));
  });

  const refuses = (key: string): void => void it(`is not "${key}"`, () => assert.equal(parseTargetKey(key), undefined));
  refuses('');
  refuses('alibabaCloud/a/r/managedInstance');
  refuses('alibabaCloud/a/r/managedInstance/');
  refuses('alibabaCloud/a/r/managedInstance/i/more');
  refuses('otherCloud/a/r/managedInstance/i');
  refuses('alibabaCloud/a/r/bucket/i');
  refuses('alibabaCloud/%/r/instance/i');
});
