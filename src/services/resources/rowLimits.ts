/** How many rows one node shows at first: as many as VS Code draws without a pause that people notice. */
export const rowsAtOnce = 200;
/** The most rows that "load all" puts under one node at once; the others follow as they are scrolled to. */
export const rowsAtMost = 10_000;

/** How many rows follow those that are drawn: as many again, so that the way down a long list has few stops. */
export function nextLimit(now: number): number {
  return now >= rowsAtMost ? now + rowsAtMost : Math.min(now * 2, rowsAtMost);
}
