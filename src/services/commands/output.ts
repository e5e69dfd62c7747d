/** What is missing of an output, as far as the cloud says. */
export type Completeness =
  | { readonly type: 'complete' }
  | { readonly type: 'startMissing'; readonly bytes: number }
  /** The cloud does not say whether anything is missing. */
  | { readonly type: 'notReported' };

/** Encodings that an output may be read in when it is not UTF-8, by the names that `TextDecoder` has for them. */
export const outputEncodings = ['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252', 'utf-16le'] as const;
export type OutputEncoding = (typeof outputEncodings)[number];

export interface DecodedOutput {
  readonly text: string;
  readonly bytes: number;
  readonly encoding: OutputEncoding;
  /** Whether all of it is text in that encoding. */
  readonly isReadable: boolean;
  readonly completeness: Completeness;
}

export interface RawOutput {
  /** Base64. */
  readonly output: string;
  readonly dropped: number | undefined;
  /** Whether more may still come. */
  readonly isFinal: boolean;
}

/** The output of a host as text. Never throws: what is not text in the encoding stands there as a question mark in a box. */
export function decodeOutput(
  { output, dropped, isFinal }: RawOutput,
  encoding: OutputEncoding = 'utf-8',
): DecodedOutput {
  return decodeBytes({ bytes: Buffer.from(output, 'base64'), missing: dropped, isFinal }, encoding);
}

export interface OutputBytes {
  readonly bytes: Uint8Array;
  readonly missing: number | undefined;
  readonly isFinal: boolean;
}

/** The same of bytes. */
export function decodeBytes(
  { bytes, missing, isFinal }: OutputBytes,
  encoding: OutputEncoding = 'utf-8',
): DecodedOutput {
  const isCut = missing !== undefined && missing > 0;
  const whole = encoding === 'utf-8' ? wholeCharacters(bytes, { atStart: isCut, atEnd: !isFinal }) : bytes;
  const readable = textOf(whole, encoding);
  return {
    text: readable ?? new TextDecoder(encoding).decode(whole),
    bytes: bytes.length,
    encoding,
    isReadable: readable?.includes('\0') === false,
    completeness: completenessOf(missing),
  };
}

function completenessOf(dropped: number | undefined): Completeness {
  if (dropped === undefined) return { type: 'notReported' };
  return dropped > 0 ? { type: 'startMissing', bytes: dropped } : { type: 'complete' };
}

/** Without the rest of a character whose beginning was cut off, and the beginning of one whose rest is still to come. */
function wholeCharacters(bytes: Uint8Array, { atStart, atEnd }: { atStart: boolean; atEnd: boolean }): Uint8Array {
  let [from, to] = [0, bytes.length];
  while (atStart && from < 3 && isContinuation(bytes[from])) from++;
  if (atEnd) {
    let lead = to - 1;
    while (lead > to - 4 && lead >= from && isContinuation(bytes[lead])) lead--;
    if (lead >= from && lengthOf(bytes[lead] ?? 0) > to - lead) to = lead;
  }
  return bytes.subarray(from, to);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function lengthOf(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

/** Undefined where not all of it is text in the encoding. */
function textOf(bytes: Uint8Array, encoding: OutputEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
