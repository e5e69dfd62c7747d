import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outputText, type HostSaid } from '../../../../src/services/commands/outputText';

function host(index: number, text: string | Uint8Array, change: Partial<HostSaid> = {}): HostSaid {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    id: `i-host00${index}`,
    name: `web-${index}00`,
    hostnames: [`web-${index}00.example.com`],
    addresses: [`10.0.0.${index}1`],
    outcome: 'succeeded',
    exitCode: 0,
    output: { bytes, missing: 0 },
    ...change,
  };
}

describe('what the hosts of a run printed', () => {
  test('is told once where they said the same but for their own names, the odd one first', () => {
    const hosts = [1, 2, 3].map((n) => host(n, `kernel 6.1 on web-${n}00 (10.0.0.${n}1)\n`));
    const odd = host(4, 'kernel 5.4 on web-400 (10.0.0.41)\n');
    const lines = outputText([...hosts, odd]).split('\n');
    assert.equal(lines[0], '4 said 2 different things (1, 3); the odd ones stand first.');
    assert.equal(lines[2], '1 × succeeded, exit code 0: web-400');
    assert.ok(lines.includes('3 × succeeded, exit code 0: web-100, web-200, web-300'));
    assert.equal(lines.filter((line) => line.startsWith('kernel 6.1')).length, 1);
  });

  test('says when it is not complete, not UTF-8, or nothing', () => {
    const cut = outputText([host(1, 'the end', { output: { bytes: Buffer.from('the end'), missing: 4_096 } })]);
    assert.match(cut, /4096 bytes before the end are missing/);
    assert.match(outputText([host(1, Buffer.from([0xd6, 0xd0, 0xce, 0xc4]))]), /Not UTF-8/);
    assert.match(outputText([host(1, '')]), /\(no output\)/);
  });

  test('control characters are shown, never carried out', () => {
    const text = outputText([host(1, '\u001b[31mred\u001b[0m and \u202eturned')]);
    assert.ok(!text.includes('\u001b') && !text.includes('\u202e'));
    assert.match(text, /red/);
  });

  test('an exit code makes a group of its own', () => {
    const text = outputText([host(1, 'same'), host(2, 'same', { outcome: 'failed', exitCode: 3 })]);
    assert.match(text, /1 × failed, exit code 3: web-200/);
  });
});
