/**
 * Texts that are told to nobody, beside the keys of accounts: secret values that were typed in this session, and the
 * scripts that hold them. Kept in memory alone, so that they are taken out of whatever a cloud answers.
 */
export class SecretValues {
  private readonly texts = new Set<string>();

  add(...texts: readonly string[]): void {
    for (const text of texts) this.texts.add(text);
  }

  list(): readonly string[] {
    return [...this.texts];
  }
}
