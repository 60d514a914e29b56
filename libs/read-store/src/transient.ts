import { FeedBroken } from '#event-store';

// SQLSTATE classes: connection (08), conflicts with others (40), out of resources (53), locks (55), intervention (57).
const transientStates = /^(08|40|53|55|57)/;
const sqlState = /^[0-9A-Z]{5}$/;
const network = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ENOENT)/;
const mistakes = ['UnreadableEvent', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'];

/**
 * Whether trying the same again may work. A subscription may break in any way; what could not be decoded stays like that, and
 * so do mistakes in data or code.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof FeedBroken) {
    return !(error.cause instanceof Error && mistakes.includes(error.cause.name));
  }
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && network.test(code)) return true;
  if (typeof code === 'string' && sqlState.test(code)) return transientStates.test(code);
  if (error instanceof AggregateError) return error.errors.every(isTransient);
  // node-postgres reports a lost connection and an exhausted pool without a code.
  return !mistakes.includes(error.name) && /connection|timeout/i.test(error.message);
}
