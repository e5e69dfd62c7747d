import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import { decodeText } from '../util/decodeText';

/** Which certificate authorities count besides the ones that come with Node. */
export interface TrustOptions {
  /** Those of the operating system. */
  readonly system: boolean;
  /** The file `NODE_EXTRA_CA_CERTS` names. */
  readonly extraFile: string | undefined;
}

/** What connections are checked against. */
export interface Trust {
  /** Undefined where Node's own list is all there is: its default context is cheaper. */
  readonly context: tls.SecureContext | undefined;
  /** Where authorities were read, for people: a file, or "system". */
  readonly sources: readonly string[];
  /** The extra file, where it is named but cannot be used. */
  readonly unusable: string | undefined;
}

/** Where Linux distributions keep all authorities in one file: Debian, Fedora, SUSE, Alpine and others. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * Reads the authorities anew. Node applies `NODE_EXTRA_CA_CERTS` to its default list only, and VS Code adds the
 * system's to its own connections only; ours name their list, so both are put into it here. On Windows and macOS the
 * system's are known from Node 22.15 on (VS Code 1.101); before, only the extra file adds any.
 */
export async function loadTrust(options: TrustOptions): Promise<Trust> {
  const system = options.system ? await systemCertificates() : undefined;
  const extra = await extraCertificates(options.extraFile);
  const added = [...(system?.certificates ?? []), ...(extra ?? [])];
  const sources = [
    ...(system === undefined ? [] : [system.source]),
    ...(extra !== undefined && options.extraFile ? [options.extraFile] : []),
  ];
  const unusable = options.extraFile !== undefined && extra === undefined ? options.extraFile : undefined;
  const known = new Set(tls.rootCertificates.map(content));
  const news = new Map(added.map((certificate) => [content(certificate), certificate] as const));
  for (const key of known) news.delete(key);
  // Reading hundreds of certificates takes tens of milliseconds: worth it only where they add something.
  if (news.size === 0) return { context: undefined, sources, unusable };
  return { context: tls.createSecureContext({ ca: [...tls.rootCertificates, ...news.values()] }), sources, unusable };
}

/** The same for the same certificate, however its lines are broken. */
function content(certificate: string): string {
  return certificate.replace(/\s/g, '');
}

/** Since Node 22.15; typed here because the oldest Node we run on does not have it. */
type CertificateStore = { getCACertificates?: (type: 'system') => string[] };

async function systemCertificates(): Promise<{ readonly certificates: string[]; readonly source: string } | undefined> {
  // The module may have more than the typings of the oldest version know.
  const store = tls as CertificateStore;
  if (store.getCACertificates !== undefined) {
    const certificates = store.getCACertificates('system').filter(isUsable);
    if (certificates.length > 0) return { certificates, source: 'system' };
  }
  for (const file of bundles) {
    const certificates = await readBundle(file);
    if (certificates !== undefined && certificates.length > 0) return { certificates, source: file };
  }
  return undefined;
}

async function extraCertificates(file: string | undefined): Promise<string[] | undefined> {
  const certificates = file === undefined ? [] : await readBundle(file);
  return file !== undefined && certificates?.length === 0 ? undefined : certificates;
}

async function readBundle(file: string): Promise<string[] | undefined> {
  const text = await readFile(file).then(decodeText, () => undefined);
  if (text === undefined) return undefined;
  return (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).filter(isUsable);
}

/** One broken certificate in a store must not make all the others useless. */
function isUsable(certificate: string): boolean {
  return /^-----BEGIN CERTIFICATE-----\s[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/.test(certificate);
}

/** Who the other end of a connection says it is. */
export interface PeerFacts {
  /** The name of the host in the certificate. */
  readonly subject: string;
  /** Who signed it: the cloud's authority, or the company's where TLS is inspected. */
  readonly issuer: string;
  readonly validUntil: string;
  readonly protocol: string;
  /** Undefined when the certificate is accepted; otherwise the code of what is wrong with it. */
  readonly refusal: string | undefined;
  /** Whether a certificate that is refused ends the connection. */
  readonly strict: boolean;
}

/** Reads the certificate of an open connection; undefined where there is no TLS. */
export function peerOf(socket: Socket, strict: boolean): PeerFacts | undefined {
  if (!(socket instanceof tls.TLSSocket)) return undefined;
  const { subject, issuer, valid_to } = socket.getPeerCertificate();
  // Without checking, the socket holds the reason instead of failing; it is text or an error, depending on the check.
  const reason: unknown = socket.authorizationError;
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validUntil: valid_to ?? '',
    protocol: socket.getProtocol() ?? '',
    refusal: socket.authorized ? undefined : String(reason instanceof Error && 'code' in reason ? reason.code : reason),
    strict,
  };
}

/** Tolerates a certificate without a subject, which the typings do not know. */
function nameOf(name: Partial<tls.Certificate> | undefined): string {
  const parts: unknown[] = [name?.CN, name?.O];
  return parts.flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : [])).join(', ');
}
