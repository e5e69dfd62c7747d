/** One thing that was looked at. Texts are for people and never hold a secret. */
export interface Finding {
  readonly area: 'network' | 'clock' | 'credentials' | 'permissions';
  /** What was looked at, for example a host or a permission. */
  readonly about: string;
  /** `open`: it cannot be told without doing harm, or something before it failed. */
  readonly state: 'good' | 'bad' | 'warning' | 'open';
  readonly text: string;
  readonly advice?: string | undefined;
  /** What stands behind it, where other findings can have the same reason: a proxy, the name service. */
  readonly cause?: string | undefined;
}
