import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { RunningSandbox } from './sandbox';
import type { ServerOptions } from './server';

/** A VS Code that finds accounts in its environment, and the secrets of theirs that may be found nowhere else. */
export interface OwnAccounts {
  readonly options: Pick<ServerOptions, 'env' | 'settings'>;
  readonly secrets: readonly string[];
}

/** One account whose keys are right, temporary and with a token, and one whose keys are unknown to the cloud. */
export async function ownAccounts(sandbox: RunningSandbox): Promise<OwnAccounts> {
  const { alibabaCloud, volcengine } = JSON.parse(sandbox.line) as SandboxLine;
  const right = await temporaryKey(sandbox);
  const wrong = { id: `AKLTCANARY${hex(12)}`, secret: `CanarySecret${hex(12)}==` };
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: right.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: right.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: right.securityToken,
    VOLCENGINE_ACCESS_KEY: wrong.id,
    VOLCENGINE_SECRET_KEY: wrong.secret,
  };
  const settings = {
    'cloudAssistant.alibabaCloud.endpoint': alibabaCloud.endpoint,
    'cloudAssistant.volcengine.endpoint': volcengine.endpoint,
  };
  const secrets = [right.accessKeySecret, right.securityToken, wrong.secret, alibabaCloud.accessKeySecret];
  return { options: { env, settings }, secrets: [...secrets, volcengine.secretAccessKey] };
}

/** Where one of the texts stands in a file below a directory, in any of the forms a program gives it. */
export async function findTexts(directory: string, texts: readonly string[]): Promise<string[]> {
  const wanted = texts.flatMap(formsOf);
  const names = await readdir(directory, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const file = await stat(path).catch(() => undefined);
      if (file?.isFile() !== true) return [];
      const content = await readFile(path);
      return wanted.some((text) => content.includes(text)) ? [relative(directory, path)] : [];
    }),
  );
  return found.flat();
}

/** As it is, as in an address, in Base64 at each of the three places it may start, and in UTF-16. */
function formsOf(text: string): (string | Buffer)[] {
  const encoded = [0, 1, 2].map((shift) => {
    const whole = Buffer.from(' '.repeat(shift) + text).toString('base64');
    return whole.slice(Math.ceil((shift * 4) / 3), -4);
  });
  return [text, encodeURIComponent(text), ...encoded, Buffer.from(text, 'utf16le')];
}

interface SandboxLine {
  readonly alibabaCloud: { readonly endpoint: string; readonly accessKeySecret: string };
  readonly volcengine: { readonly endpoint: string; readonly secretAccessKey: string };
}

interface TemporaryKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

async function temporaryKey({ control }: RunningSandbox): Promise<TemporaryKey> {
  const body = JSON.stringify({ provider: 'alibabaCloud', ms: 3_600_000 });
  const answer = await fetch(`${control}/token`, { method: 'POST', body });
  // The sandbox is ours and answers this order with a key.
  return (await answer.json()) as TemporaryKey;
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
