/** Not written, since the node is closing: a client may try again once it is back. */
export class ShuttingDown extends Error {
  constructor() {
    super('The node is shutting down.');
  }
}
