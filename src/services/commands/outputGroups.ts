/** What one host said, and what it is called. */
export interface HostOutput {
  readonly id: string;
  readonly name: string;
  readonly hostnames?: readonly string[];
  readonly addresses?: readonly string[];
  /** The state as it is shown, and the exit code: only hosts that agree in both are one group. */
  readonly state: string;
  readonly exitCode: number | undefined;
  readonly text: string;
}

export interface OutputGroup<H extends HostOutput = HostOutput> {
  readonly state: string;
  readonly exitCode: number | undefined;
  /** What they said, with each host's own names replaced where that was asked for. */
  readonly text: string;
  readonly ids: readonly string[];
  readonly hosts: readonly H[];
}

/** What stands for a host's own names while texts are compared: no output has these. */
const marks = { id: '\ue010', name: '\ue011', hostname: '\ue012', address: '\ue013' } as const;
const shown: Readonly<Record<string, string>> = {
  [marks.id]: '⟨id⟩',
  [marks.name]: '⟨name⟩',
  [marks.hostname]: '⟨host name⟩',
  [marks.address]: '⟨address⟩',
};

export interface GroupOptions<H extends HostOutput = HostOutput> {
  /** Whether each host's own id, names and addresses are taken for the same. */
  readonly mask: boolean;
  /** The masked text of a host, where somebody keeps it. */
  readonly maskedText?: (host: H) => string;
}

/** Hosts that said the same, the odd ones first: small groups before large ones. */
export function groupOutputs<H extends HostOutput>(
  hosts: readonly H[],
  { mask, maskedText = masked }: GroupOptions<H>,
): OutputGroup<H>[] {
  const groups = new Map<string, Map<string, H[]>>();
  for (const host of hosts) {
    const key = `${host.state}\n${host.exitCode ?? ''}`;
    const texts = groups.get(key) ?? new Map<string, H[]>();
    groups.set(key, texts);
    const text = mask ? maskedText(host) : host.text;
    const members = texts.get(text);
    if (members === undefined) texts.set(text, [host]);
    else members.push(host);
  }
  return [...groups.values()].flatMap((texts) => toGroups(texts, mask)).sort((a, b) => a.ids.length - b.ids.length);
}

function toGroups<H extends HostOutput>(texts: ReadonlyMap<string, readonly H[]>, mask: boolean): OutputGroup<H>[] {
  return [...texts].flatMap(([text, hosts]) => {
    const [first] = hosts;
    if (first === undefined) return [];
    const { state, exitCode } = first;
    return [{ state, exitCode, text: mask ? readableMarks(text) : text, ids: hosts.map(({ id }) => id), hosts }];
  });
}

/** With what stands for a host's own names in words. */
export function readableMarks(text: string): string {
  return text.replace(/[\ue010-\ue013]/g, (mark) => shown[mark] ?? mark);
}

/** Shorter names are part of too many words. */
const shortest = 3;

/** The text with the host's own id, names and addresses replaced, the longest first: a name may be part of another. */
export function masked(host: HostOutput): string {
  let { text } = host;
  for (const { needle, mark } of presentIn(text, needlesOf(host))) text = replaced(text, needle, mark);
  return text;
}

/** A thousand outputs are looked through for each: what contains a name that is not there needs no look of its own. */
function presentIn<T extends { readonly needle: string }>(text: string, longestFirst: readonly T[]): T[] {
  const absent: string[] = [];
  const isPresent = ({ needle }: T): boolean => {
    const present = !absent.some((part) => needle.includes(part)) && text.includes(needle);
    if (!present) absent.push(needle);
    return present;
  };
  return longestFirst.toReversed().filter(isPresent).toReversed();
}

function needlesOf({ id, name, hostnames = [], addresses = [] }: HostOutput) {
  const all: { readonly needle: string; readonly mark: string }[] = [
    { needle: id, mark: marks.id },
    { needle: name, mark: marks.name },
    ...addresses.map((needle) => ({ needle, mark: marks.address })),
    ...hostnames.flatMap(spellings).map((needle) => ({ needle, mark: marks.hostname })),
  ];
  const seen = new Set<string>();
  return all
    .filter(({ needle }) => needle.length >= shortest && !seen.has(needle) && seen.add(needle))
    .sort((a, b) => b.needle.length - a.needle.length);
}

/** A host says its name with and without its domain, and Windows in either case. */
function spellings(hostname: string): string[] {
  const short = hostname.split('.', 1)[0] ?? '';
  return [hostname, short].flatMap((one) => [one, one.toLowerCase(), one.toUpperCase()]);
}

/** Whole words only: `10.0.0.1` is not part of `10.0.0.12`. */
function replaced(text: string, needle: string, mark: string): string {
  const [startsWord, endsWord] = [letter.test(needle.charAt(0)), letter.test(needle.charAt(needle.length - 1))];
  let result = '';
  let from = 0;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if ((startsWord && isWordCode(text.charCodeAt(at - 1))) || (endsWord && isWordCode(text.charCodeAt(end)))) continue;
    result += text.slice(from, at) + mark;
    from = end;
  }
  return from === 0 ? text : result + text.slice(from);
}

const letter = /[\p{L}\p{N}_]/u;

/** An ASCII letter, digit or `_`; there is no word in a script without spaces between them. */
function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95;
}
