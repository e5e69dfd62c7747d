import { visibleText } from '../../util/visible';

/**
 * Names come from the cloud: anyone who may name a host chooses them. VS Code reads links, commands and icons into
 * some of its texts, so what must show exactly passes through here on its way to a dialog, a message or a list.
 */

/** The text on one line: line breaks and characters that turn or hide text stand as their codes. Cut at `max`. */
export function oneLine(text: string, max = 120): string {
  const line = visibleText(text);
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

/** For messages and progress in the corner, where `[text](address)` becomes a link: a word joiner keeps it text. */
export function inMessage(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}

/** For labels of lists, where `$(name)` becomes an icon. */
export function inLabel(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** For the line below an input box, which knows links and icons. */
export function inPrompt(text: string): string {
  return inLabel(inMessage(text));
}
