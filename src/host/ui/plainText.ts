/** VS Code reads links, commands and icons into some of its texts: what a text is must show there, too. */

/** For messages and progress in the corner, where `[text](address)` becomes a link: a word joiner keeps it text. */
export function inMessage(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}

/** What `inMessage` was given. */
export function asText(message: string): string {
  return message.replaceAll(']\u2060(', '](');
}

/** For labels of lists, where `$(name)` becomes an icon. */
export function inLabel(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** For the line below an input box, which knows links and icons. */
export function inPrompt(text: string): string {
  return inLabel(inMessage(text));
}
