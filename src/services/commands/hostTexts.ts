import { decodeBytes, type DecodedOutput, type OutputEncoding } from './output';
import { masked } from './outputGroups';
import { isOpenState, type HostResult } from './runResult';

const nothing: DecodedOutput = {
  text: '',
  bytes: 0,
  encoding: 'utf-8',
  isReadable: true,
  completeness: { type: 'complete' },
};

interface Texts {
  readonly encoding: OutputEncoding;
  readonly decoded: DecodedOutput;
  masked?: string;
  lowerCase?: string;
}

/** What hosts printed, as text: each output is decoded and masked once, as long as nothing more comes. */
export class HostTexts {
  private readonly known = new WeakMap<HostResult, Texts>();
  private readonly encodings = new Map<string, OutputEncoding>();

  /** Reads the outputs of these hosts in another encoding from now on. */
  decodeAs(encoding: OutputEncoding, hosts: readonly HostResult[]): void {
    for (const { key } of hosts) this.encodings.set(key, encoding);
  }

  encodingOf({ key }: HostResult): OutputEncoding {
    return this.encodings.get(key) ?? 'utf-8';
  }

  decoded(host: HostResult): DecodedOutput {
    return this.textsOf(host).decoded;
  }

  /** With the host's own id, names and addresses taken for the same in all hosts. */
  masked(host: HostResult): string {
    const texts = this.textsOf(host);
    const { target, name, hostnames, addresses } = host;
    texts.masked ??= masked({
      id: target.id,
      name,
      hostnames,
      addresses,
      state: '',
      exitCode: undefined,
      text: texts.decoded.text,
    });
    return texts.masked;
  }

  /** For looking into it, whatever the case. */
  lowerCase(host: HostResult): string {
    const texts = this.textsOf(host);
    texts.lowerCase ??= texts.decoded.text.toLowerCase();
    return texts.lowerCase;
  }

  private textsOf(host: HostResult): Texts {
    const encoding = this.encodingOf(host);
    const known = this.known.get(host);
    if (known?.encoding === encoding) return known;
    const { output, state } = host;
    const decoded = output === undefined ? nothing : decodeBytes({ ...output, isFinal: !isOpenState(state) }, encoding);
    const texts = { encoding, decoded };
    this.known.set(host, texts);
    return texts;
  }
}
