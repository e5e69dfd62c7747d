/** What a tooltip says, as plain text: whoever draws it escapes it. */

export interface Tooltip {
  readonly title: string;
  readonly lines: readonly TooltipLine[];
  /** Sentences below. */
  readonly notes: readonly string[];
}
export interface TooltipLine {
  readonly label: string;
  readonly value: string;
}
