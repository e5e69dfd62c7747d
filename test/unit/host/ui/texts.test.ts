import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError, type CloudErrorFacts } from '../../../../src/core/cloudError';
import type { Exchange } from '../../../../src/core/exchange';
import { keyProblem, nameProblem } from '../../../../src/host/accounts/rules';
import { UserError } from '../../../../src/host/contract/errors';
import { logCall, logRepeat, type LogSink } from '../../../../src/host/exchanges/httpLog';
import { errorText, isPage } from '../../../../src/host/ui/errorText';
import { listing, sentences } from '../../../../src/host/ui/lists';
import { inLabel, inMessage, inPrompt } from '../../../../src/host/ui/plainText';
import { providers } from '../../../../src/providers/index';
import { oneLine } from '../../../../src/util/plainText';
import { fakeAccount } from '../../support/fakeCloud';

describe('names are shown exactly', () => {
  const table: [string, (text: string) => string, string, string][] = [
    ['markup stays', oneLine, '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['Markdown stays', oneLine, '**b** [x](command:y)', '**b** [x](command:y)'],
    ['a line break shows as its code', oneLine, 'a\nAccount: other', 'a\\u{a}Account: other'],
    ['a mark that turns the writing direction shows as its code', oneLine, 'a\u202Egnp.exe', 'a\\u{202e}gnp.exe'],
    ['a hidden character shows as its code', oneLine, 'web\u200B', 'web\\u{200b}'],
    ['joined emoji stay whole', oneLine, '👩‍💻 ❤️ 1️⃣', '👩‍💻 ❤️ 1️⃣'],
    ['letters that need a joiner keep it', oneLine, 'می\u200cخواهم क्\u200dष', 'می\u200cخواهم क्\u200dष'],
    ['a joiner that joins nothing shows as its code', oneLine, 'web\u200d-1\u200c', 'web\\u{200d}-1\\u{200c}'],
    ['a style that styles nothing shows as its code', oneLine, 'web-1\ufe0f', 'web-1\\u{fe0f}'],
    ['a second style shows as its code', oneLine, '😀\ufe0f\ufe0f', '😀\ufe0f\\u{fe0f}'],
    ['a joiner behind a style that styles nothing', oneLine, 'a\ufe0f\u200d', 'a\\u{fe0f}\\u{200d}'],
    [
      'letters that nobody sees show as their codes',
      oneLine,
      'a\u3164b\u115fc\uffa0',
      'a\\u{3164}b\\u{115f}c\\u{ffa0}',
    ],
    [
      'blanks that pass for a space show as their codes',
      oneLine,
      'a\u00a0b\u2003c\u2800',
      'a\\u{a0}b\\u{2003}c\\u{2800}',
    ],
    ['the wide space of Chinese text shows as its code', oneLine, '门店\u3000收银', '门店\\u{3000}收银'],
    ['tags that nobody sees show as their codes', oneLine, 'web\u{e0041}', 'web\\u{e0041}'],
    ['a long name is cut by characters', (text) => oneLine(text, 4), '门店收银机', '门店收…'],
    ['a link in a message stays text', inMessage, '[x](command:y)', '[x]\u2060(command:y)'],
    ['an icon in a list stays text', inLabel, '$(trash)', '\\$(trash)'],
    ['below an input box neither is read', inPrompt, '$(a) [x](y)', '\\$(a) [x]\u2060(y)'],
  ];
  for (const [name, shown, given, expected] of table) test(name, () => assert.equal(shown(given), expected));
});

describe('lists of names', () => {
  test('few are all named', () => assert.equal(listing(['a', 'b'], 3), 'a, b'));
  test('many end in a count', () => assert.equal(listing(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more'));
  test('nothing is said twice', () => assert.equal(sentences('No.', undefined, '', 'No.', 'Why.'), 'No. Why.'));
});

describe('errors as messages', () => {
  const failure = (facts: Partial<CloudErrorFacts> = {}, message = 'No.'): CloudError =>
    new CloudError(message, { reason: 'invalid', delivery: 'answered', ...facts });
  const check = (name: string, error: unknown, message: string, offers: string[]): void => {
    test(name, () => assert.deepEqual(errorText(error), { message, offers }));
  };
  check('code, words and advice', failure({ code: 'Bad.Id', advice: 'Refresh.' }), 'Bad.Id: No. Refresh.', ['showLog']);
  check(
    'a code that the message names is not repeated',
    failure({ code: 'ECONNRESET' }, 'It broke (ECONNRESET).'),
    'It broke (ECONNRESET).',
    ['showLog'],
  );
  check('a kept answer can be opened, its request id copied', failure({ exchangeId: 'e', requestId: 'r' }), 'No.', [
    'openResponse',
    'copyRequestId',
    'showLog',
  ]);
  check(
    'a missing permission is named and offered',
    failure({ permission: 'ecs:X', exchangeId: 'e' }),
    'No. The missing permission is "ecs:X".',
    ['openResponse', 'copyPolicy', 'showLog'],
  );
  check('a help page of the web is offered', failure({ recommend: 'https://help.example/x' }), 'No.', [
    'openPage',
    'showLog',
  ]);
  check('an address of any other kind is not', failure({ recommend: 'command:x' }), 'No.', ['showLog']);
  check('what a cloud says cannot become a link', failure({}, 'See [here](command:x)'), 'See [here]\u2060(command:x)', [
    'showLog',
  ]);
  check('a refusal by us needs no log', new UserError('Select one.'), 'Select one.', []);
  check('a defect says so', new TypeError('x is not a function'), 'Something went wrong: x is not a function', [
    'showLog',
  ]);
  check('secrets never show', failure({}, 'AccessKeySecret=abcdef123456 is wrong'), 'AccessKeySecret=*** is wrong', [
    'showLog',
  ]);

  test('a cancellation is no error to show', () => {
    assert.equal(errorText(failure({ reason: 'cancelled' })), undefined);
    assert.equal(errorText(Object.assign(new Error('x'), { name: 'AbortError' })), undefined);
  });
  test('only web pages are pages', () =>
    assert.deepEqual(['https://a.b', 'http://a.b', 'file:///x', 'x', undefined].map(isPage), [
      true,
      false,
      false,
      false,
      false,
    ]));
});

describe('the log', () => {
  const call: Exchange = {
    id: 'e',
    time: new Date(0),
    provider: 'alibabaCloud',
    accountId: 'env:alibabaCloud',
    accountName: 'Prod',
    region: 'cn-hangzhou',
    action: 'DescribeManagedInstances',
    version: '2014-05-26',
    effect: 'read',
    subject: undefined,
    host: 'ecs.example',
    attempts: 2,
    durationMs: 123,
    status: 200,
    requestId: 'R-1',
    body: '{"ActivationCode":"secret-code"}',
    language: 'json',
    error: undefined,
  };
  const written = (exchange: Exchange, secrets: readonly string[] = []): string[] => {
    const lines: string[] = [];
    logCall(sinkOf(lines), exchange, { secrets, clouds: { all: providers } });
    return lines;
  };
  const sinkOf = (lines: string[]): LogSink => {
    const level = (name: string) => (message: string) => void lines.push(`${name} ${message}`);
    return { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
  };
  const failed = (facts: Partial<CloudErrorFacts>, message = 'no'): Exchange => ({
    ...call,
    error: new CloudError(message, { reason: 'invalid', delivery: 'answered', ...facts }),
  });

  test('one line for a call, by which the panel can be filtered', () => {
    assert.deepEqual(written(call), [
      'debug cloud=alibabaCloud acct=Prod region=cn-hangzhou op=DescribeManagedInstances status=200 req=R-1 ms=123 attempts=2',
    ]);
  });
  test('a refusal is a warning with its code and reason', () => {
    assert.match(written(failed({ code: 'Bad.Id' }))[0] ?? '', /^warn .* failed=invalid code=Bad\.Id message=no$/);
  });
  test('a failure of the cloud or the network is an error', () => {
    assert.deepEqual(
      (['server', 'network', 'timeout'] as const).map((reason) => written(failed({ reason }))[0]?.split(' ')[0]),
      ['error', 'error', 'error'],
    );
  });
  test('a cancellation is neither', () => assert.match(written(failed({ reason: 'cancelled' }))[0] ?? '', /^debug /));
  test('a changing call tells what it is about, and is seen without a search', () => {
    const change: Exchange = { ...call, effect: 'destroy', action: 'DeleteInstances', ids: ['i-1', 'i-2'] };
    assert.deepEqual(written(change), [
      'info cloud=alibabaCloud acct=Prod region=cn-hangzhou op=DeleteInstances id=i-1,i-2 status=200 req=R-1 ms=123 attempts=2',
    ]);
  });
  test('neither a region without the resource nor a dry run that says no is a warning', () => {
    const levels = [
      failed({ code: 'RegionId.ApiNotSupported' }),
      { ...failed({ code: 'IncorrectInstanceStatus', reason: 'conflict' }), effect: 'destroy', dryRun: true } as const,
    ].map((one) => written(one)[0]?.split(' ')[0]);
    assert.deepEqual(levels, ['debug', 'debug']);
  });
  test('each repetition tells its cause, what it is about, and no secret', () => {
    const lines: string[] = [];
    const operation = providers[0]?.kinds[0]?.actions[0]?.operation ?? assert.fail();
    const message = 'Too fast. SecurityToken=canary-token-1234567890';
    const error = new CloudError(message, { reason: 'throttled', delivery: 'answered', code: 'Throttling.User' });
    const account = { ...fakeAccount('a'), name: 'staging' };
    logRepeat(sinkOf(lines), { account, region: 'cn-shanghai', operation, ids: ['mi-1'], error, attempt: 2, of: 4 });
    assert.match(
      lines[0] ?? '',
      /^info repeat=2\/4 cloud=alibabaCloud acct=staging region=cn-shanghai op=\w+ id=mi-1 failed=throttled code=Throttling\.User message=/,
    );
    assert.doesNotMatch(lines[0] ?? '', /canary/);
  });
  test('a name with a line break does not look like another line', () => {
    assert.match(written({ ...call, accountName: 'a\nop=Delete' })[0] ?? '', /acct="a\\nop=Delete"/);
  });
  test('secrets are taken out, also where a cloud echoes them', () => {
    const [line = ''] = written(failed({}, 'signed with canary-secret-1234 and LTAIcanary'), [
      'canary-secret-1234',
      'LTAIcanary',
    ]);
    assert.doesNotMatch(line, /canary/);
  });
  test('neither the answer nor the address is in it', () =>
    assert.doesNotMatch(written(call)[0] ?? '', /secret-code|ecs\.example/));
});

describe('what is entered for an account', () => {
  test('a name', () => {
    assert.equal(nameProblem(' Prod ', ['Test']), undefined);
    for (const wrong of ['', '  ', 'Test', 'a\u202Eb', 'x'.repeat(61)])
      assert.ok(nameProblem(wrong, ['Test']), JSON.stringify(wrong));
  });
  test('keys: pasted spaces around them do no harm', () => {
    assert.equal(keyProblem(' LTAI5tExample \n', false), undefined);
    for (const wrong of ['', 'two words', '密钥', 'a\nb']) assert.ok(keyProblem(wrong, false), JSON.stringify(wrong));
    assert.equal(keyProblem('', true), undefined);
  });
  test('what is wrong with a secret never repeats it', () =>
    assert.doesNotMatch(keyProblem('canary secret', false) ?? '', /canary/));
});
