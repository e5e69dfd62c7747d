/** How many rows one node shows at first, and how many more each time: VS Code gets slow with many more. */
export const rowsAtOnce = 1_000;
/** The most rows that "load all" puts under one node at once; the others are one click further. */
export const rowsAtMost = 10_000;

/** What "show more" makes of a limit. */
export function nextLimit(now: number): number {
  return now + (now >= rowsAtMost ? rowsAtMost : rowsAtOnce);
}
