import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPreRelease, releaseNotes, releaseProblems, type Release } from '../../../scripts/release';

const changelog = (...headings: readonly string[]): string =>
  ['# Changelog', ...headings.map((heading) => `## ${heading}\n\n- Something about ${heading}.`)].join('\n\n');

function check(name: string, given: Partial<Release>, ...problems: readonly RegExp[]): void {
  const version = given.version ?? '0.2.0';
  const release: Release = {
    tag: `v${version}`,
    version,
    changelog: changelog(`${version} – 2026-12-01`, '0.1.0 – 2026-11-01'),
    onMain: true,
    tags: [`v${version}`],
    ...given,
  };
  test(`release: ${name}`, () => {
    const found = releaseProblems(release);
    assert.equal(found.length, problems.length, found.join('\n'));
    problems.forEach((problem, index) => assert.match(found[index] ?? '', problem));
  });
}

check('0.2.0 may go out', {});
check('0.1.0 may go out as a pre-release', { version: '0.1.0', changelog: changelog('0.1.0 – 2026-12-01') });
check('0.3.0 may go out as a pre-release', { version: '0.3.0', tags: ['v0.3.0', 'v0.2.4', 'v0.1.0'] });
check('a correction of a release may go out beside a pre-release', { version: '0.2.1', tags: ['v0.2.0', 'v0.3.0'] });
check('a tag of another version', { tag: 'v0.2.1' }, /package\.json says 0\.2\.0/);
check('a tag without "v"', { tag: '0.2.0' }, /tag the commit "v0\.2\.0"/);
check('a version with a suffix', { version: '0.2.0-beta.1' }, /three numbers/);
check('a commit that is not on main', { onMain: false }, /not on the main branch/);
check('a changelog without the version', { changelog: changelog('0.1.0 – 2026-11-01') }, /newest heading/);
check(
  'a changelog with a newer version',
  { changelog: changelog('0.4.0 – 2026-12-02', '0.2.0 – 2026-12-01') },
  /newest/,
);
check('an empty changelog', { changelog: '# Changelog\n' }, /newest heading/);
check('a version without a date', { changelog: changelog('0.2.0 – Unreleased') }, /no date/);
check('a date that is none', { changelog: changelog('0.2.0 – 2026-13-45') }, /no date/);
check('a version of which nothing is told', { changelog: '# Changelog\n\n## 0.2.0 – 2026-12-01\n' }, /says nothing/);
check('a release below a release', { tags: ['v0.2.0', 'v0.4.0'] }, /not above 0\.4\.0/);
check('a pre-release below a release', { version: '0.3.0', tags: ['v0.4.0'] }, /not above 0\.4\.0/);
check('a pre-release below a pre-release', { version: '0.3.0', tags: ['v0.3.10'] }, /not above 0\.3\.10/);
check('a tag that is no version does not count', { tags: ['nightly'] });
check('all problems at once', { tag: 'v9', onMain: false }, /package\.json/, /main/);

test('an odd minor number is a pre-release', () => {
  assert.deepEqual(['0.1.0', '0.2.0', '0.3.7', '1.0.0', '1.11.0', '1.20.3'].map(isPreRelease), [
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});

test('the section of the changelog is the text of the release', () => {
  const text = changelog('0.2.0 – 2026-12-01', '0.1.0 – 2026-11-01');
  assert.equal(releaseNotes(text, '0.2.0'), '- Something about 0.2.0 – 2026-12-01.');
  assert.equal(releaseNotes(text, '0.5.0'), undefined);
});
