/** Whether the text is a whole address: 4 or 6 for its version, undefined for anything else. */
export function addressVersion(text: string): 4 | 6 | undefined {
  // With an import, whoever only reads would load Node's module for connections at start.
  const version = process.getBuiltinModule('node:net').isIP(text);
  return version === 4 || version === 6 ? version : undefined;
}
