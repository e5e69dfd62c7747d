/** What a tag is checked against before anything is built. */
export interface Release {
  /** The tag that was pushed: "v0.2.0". */
  readonly tag: string;
  /** The version in package.json. */
  readonly version: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** Whether the tag's commit is on the main branch. */
  readonly onMain: boolean;
  /** All tags there are. */
  readonly tags: readonly string[];
}

/** What stands in the way of a release, each with its cure; nothing when it may go out. */
export function releaseProblems(release: Release): string[] {
  const { tag, version, onMain } = release;
  if (parse(version) === undefined) return [`"${version}" is no version: package.json needs three numbers.`];
  return [
    ...(tag === `v${version}`
      ? []
      : [`The tag is "${tag}", package.json says ${version}: tag the commit "v${version}".`]),
    ...(onMain ? [] : [`The tag "${tag}" is not on the main branch: merge first, then tag.`]),
    ...changelogProblems(release),
    ...orderProblems(release),
  ];
}

/** Stores tell the two by the minor number: even is a release, odd is a pre-release. */
export function isPreRelease(version: string): boolean {
  return (parse(version)?.[1] ?? 0) % 2 === 1;
}

/** The text of one version in the changelog, without its heading. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  return sections(changelog).find(({ name }) => name === version)?.text;
}

function changelogProblems({ version, changelog }: Release): string[] {
  const newest = sections(changelog)[0];
  if (newest?.name !== version) {
    return [
      `The newest heading of CHANGELOG.md is "${newest?.heading ?? ''}": it must be "## ${version} – " and the date.`,
    ];
  }
  if (Number.isNaN(Date.parse(newest.date ?? ''))) {
    return [`CHANGELOG.md has no date for ${version}: the heading must be "## ${version} – YYYY-MM-DD".`];
  }
  return newest.text === '' ? [`CHANGELOG.md says nothing about ${version}.`] : [];
}

/**
 * Who takes pre-releases is offered the highest version of all, so a pre-release must be above every release before it.
 * A release may correct an older one while a pre-release is out.
 */
function orderProblems({ tag, version, tags }: Release): string[] {
  const ours = [tag, `v${version}`];
  const before = tags.filter((other) => !ours.includes(other)).map((other) => other.replace(/^v/, ''));
  const rivals = before.filter((other) => isPreRelease(version) || !isPreRelease(other));
  const higher = rivals.filter((other) => compare(other, version) >= 0);
  return higher.map((other) => `${version} is not above ${other}, which is out: choose a higher version.`);
}

interface Section {
  readonly heading: string;
  readonly name: string;
  readonly date: string | undefined;
  readonly text: string;
}

function sections(changelog: string): Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const [, name = heading, date] = /^(\S+) – (\d{4}-\d{2}-\d{2})$/.exec(heading) ?? /^(\S+)/.exec(heading) ?? [];
    return { heading, name, date, text: lines.join('\n').trim() };
  });
}

function parse(version: string): readonly number[] | undefined {
  return /^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : undefined;
}

/** Below zero when the first is lower; what is no version is lower than any. */
function compare(first: string, second: string): number {
  const [a, b] = [parse(first), parse(second)];
  if (a === undefined || b === undefined) return -1;
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
