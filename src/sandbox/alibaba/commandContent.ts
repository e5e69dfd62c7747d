import { Refusal } from '../refusal';

const kilobyte = 1_024;

/** The script that a call carries. Refuses what is no Base64, and what is larger than the cloud takes. */
export function scriptOf(content: string, encoding: string, isKept: boolean): string {
  const script = encoding === 'Base64' ? decoded(content) : content;
  const size = Buffer.from(script).toString('base64').length;
  if (size > (isKept ? 18 : 24) * kilobyte) throw new Refusal('CmdContent.ExceedLimit');
  return script;
}

function decoded(content: string): string {
  const bytes = Buffer.from(content, 'base64');
  const isBase64 = bytes.toString('base64').replaceAll('=', '') === content.replaceAll('=', '').replace(/\s/g, '');
  if (!isBase64) throw new Refusal('CmdContent.DecodeError');
  return bytes.toString();
}

const placeholder = /\{\{\s*([\w-]+)\s*\}\}/g;

/** Names of the parameters in a script. Those of the cloud itself have a colon, and are none. */
export function parameterNames(script: string): string[] {
  return [...new Set([...script.matchAll(placeholder)].map(([, name = '']) => name))];
}

/** The script with the values pasted in as they are: the cloud quotes nothing. */
export function filledIn(script: string, parameters: string | undefined, isEnabled: boolean): string {
  if (!isEnabled && parameters !== undefined && parameters !== '{}') throw new Refusal('Parameter.Disabled');
  if (!isEnabled) return script;
  const values = valuesOf(parameters);
  const names = parameterNames(script);
  if (names.some((name) => !values.has(name.toLowerCase()))) throw new Refusal('Parameter.MissingValue');
  return script.replace(placeholder, (_all, name: string) => values.get(name.toLowerCase()) ?? '');
}

function valuesOf(parameters = '{}'): Map<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(parameters);
  } catch {
    throw new Refusal('InvalidParameter.Parameters');
  }
  if (typeof parsed !== 'object' || parsed === null) throw new Refusal('InvalidParameter.Parameters');
  return new Map(Object.entries(parsed).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Content as an answer has it: Base64 unless plain text is asked for. */
export function encoded(content: Buffer | string, encoding: string | undefined): string {
  return encoding === 'PlainText' ? content.toString() : Buffer.from(content).toString('base64');
}
