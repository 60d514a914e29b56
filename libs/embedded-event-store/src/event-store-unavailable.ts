export type UnavailableReason = 'locked' | 'damaged' | 'newer-version' | 'unwritable' | 'port-taken';

/** The store cannot be opened. `message` is one sentence for the person at the keyboard: what is wrong and what to do. */
export class EventStoreUnavailable extends Error {
  constructor(
    readonly reason: UnavailableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventStoreUnavailable';
  }
}
