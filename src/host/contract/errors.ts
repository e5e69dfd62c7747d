/** A request that was refused before anything was sent: wrong arguments, wrong rows. The message says what to do. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** A command was called with something it does not take; the caller learns of it too. */
export class ArgumentError extends UserError {}
