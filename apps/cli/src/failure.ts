/** What a command cannot do and what to do about it, in one or two lines for a person; ends the process with `code`. */
export class Failure extends Error {
  constructor(
    message: string,
    /** 1: it did not work out; 2: it was asked for in a way that cannot work. */
    readonly code: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** Stopped by a signal after what was begun had been finished. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
