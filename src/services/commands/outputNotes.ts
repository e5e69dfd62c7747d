import * as l10n from '@vscode/l10n';
import type { DecodedOutput } from './output';

/** Whether all of these outputs is there, what is missing of them and where, and whether they can be read. */
export function outputNotes(outputs: readonly DecodedOutput[]): string[] {
  if (outputs.length === 0) return [];
  return [...missingNotes(outputs), ...encodingNotes(outputs)];
}

/** Whether all of it is there. */
export function isComplete(outputs: readonly DecodedOutput[]): boolean {
  return outputs.every(({ completeness }) => completeness.type === 'complete');
}

export function completeNote(outputs: readonly DecodedOutput[]): string {
  const [only] = outputs;
  return outputs.length === 1 && only !== undefined
    ? l10n.t('Complete: {0} bytes.', only.bytes)
    : l10n.t('All of them are complete.');
}

function missingNotes(outputs: readonly DecodedOutput[]): string[] {
  const missing = outputs.flatMap(({ completeness }) =>
    completeness.type === 'startMissing' ? [completeness.bytes] : [],
  );
  const unsaid = outputs.filter(({ completeness }) => completeness.type === 'notReported').length;
  const most = Math.max(0, ...missing);
  return [
    ...(missing.length === 0
      ? []
      : [
          outputs.length === 1
            ? l10n.t('Not complete: {0} bytes before the end are missing; the end is kept.', most)
            : l10n.t(
                '{0} of {1} are not complete: up to {2} bytes before the end are missing; the end is kept.',
                missing.length,
                outputs.length,
                most,
              ),
        ]),
    ...(unsaid === 0 ? [] : [l10n.t('The cloud does not say whether it is complete.')]),
  ];
}

function encodingNotes(outputs: readonly DecodedOutput[]): string[] {
  const chosen = outputs.find(({ encoding }) => encoding !== 'utf-8')?.encoding;
  const isReadable = outputs.every((output) => output.isReadable);
  if (chosen === undefined)
    return isReadable ? [] : [l10n.t('Not UTF-8: what cannot be read is shown as a replacement character.')];
  return isReadable
    ? [l10n.t('Read as {0}.', encodingName(chosen))]
    : [l10n.t('Not all of it is {0}: what cannot be read is shown as a replacement character.', encodingName(chosen))];
}

/** "GB18030" */
export function encodingName(encoding: string): string {
  return encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase();
}
