/** Lets everybody else have a turn: appends, other readers. Between pages, so that a long search stops nobody. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
