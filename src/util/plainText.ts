import { visibleText } from './visible';

/**
 * Names come from the cloud: anyone who may name a host chooses them. What must show exactly passes through here on
 * its way to a dialog, a message or a list.
 */

/** The text on one line: line breaks and characters that turn or hide text stand as their codes. Cut at `max`. */
export function oneLine(text: string, max = 120): string {
  const line = visibleText(text);
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

/** Name and id, or one of them where they are the same. */
export function nameAndId(name: string, id: string): string {
  return name === id ? oneLine(id) : `${oneLine(name)} (${oneLine(id)})`;
}
