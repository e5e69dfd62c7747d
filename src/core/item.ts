/** One record of a list as the cloud sent it: the fields we know are coerced, all others are kept. */
export type Item = Readonly<Record<string, unknown>>;
