/** Collects what nobody caught, in the whole extension host, until disposed. */
export function watchRejections(): { readonly seen: readonly string[]; dispose(): void } {
  const seen: string[] = [];
  const listen = (reason: unknown): void => {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    // What VS Code itself leaves uncaught is not ours to answer for.
    if (/[\\/]dist[\\/]|cloud-assistant/i.test(text)) seen.push(text);
  };
  process.on('unhandledRejection', listen);
  process.on('uncaughtException', listen);
  return {
    seen,
    dispose: () => {
      process.off('unhandledRejection', listen);
      process.off('uncaughtException', listen);
    },
  };
}
