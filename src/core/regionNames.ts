/** Names for people, by region id, where the cloud does not send them. */
export type RegionNames = Readonly<Record<string, readonly [english: string, chinese: string]>>;

/** Whether a text can be a region id: ids become part of host names, and of what is signed. */
export function isRegionId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}

/** A region's name, Chinese or English; its id where the table does not know it. */
export function regionName(names: RegionNames, id: string, language: string): string {
  // Ids come from the cloud: only what the table itself holds is a name.
  const known = Object.hasOwn(names, id) ? names[id] : undefined;
  if (known === undefined) return id;
  return language.toLowerCase().startsWith('zh') ? known[1] : known[0];
}
