/** How a state looks: a token for menus and tests, words for people, an icon beside the words. */
export interface State {
  /** One word, stable, used in `contextValue`: `connected`, `Running`, `expired`. */
  readonly token: string;
  readonly label: () => string;
  /** A codicon id, for example `vm-running`. Never the only sign of the state. */
  readonly icon: string;
  readonly tone: 'good' | 'muted' | 'warning' | 'bad';
  /** On its way to another state by itself: worth another look within seconds. */
  readonly isTransient?: boolean;
}
