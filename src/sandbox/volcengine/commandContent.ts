import { Refusal } from '../refusal';

const most = 16 * 1_024;

/** The script that a call carries, its first line naming the interpreter. Refuses what the cloud would not take. */
export function scriptOf(content: string, encoding: string, type: string): string {
  const script = encoding === 'Base64' ? decoded(content) : content;
  const isLarge = Buffer.from(script).toString('base64').length > most;
  const wantsLine = { Shell: /^#!\/bin\/bash/, Python: /^#!\/usr\/bin\/python/ }[type];
  if (isLarge || wantsLine?.test(script) === false) throw wrongContent();
  return script;
}

function decoded(content: string): string {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.toString('base64').replaceAll('=', '') !== content.replaceAll('=', '')) throw wrongContent();
  return bytes.toString();
}

function wrongContent(): Refusal {
  return new Refusal('InvalidArgument', { message: 'The specified argument is invalid: CommandContent.' });
}

/** The script with the values pasted in as they are; a missing one is left empty. */
export function filledIn(script: string, parameters: string | undefined, isEnabled: boolean): string {
  if (!isEnabled) return script;
  const values = JSON.parse(parameters ?? '{}') as Record<string, string>;
  return script.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => values[name] ?? '');
}

/** Content as an answer has it: Base64 unless plain text is asked for. */
export function encoded(script: string, encoding: string | undefined): string {
  return encoding === 'PlainText' ? script : Buffer.from(script).toString('base64');
}
