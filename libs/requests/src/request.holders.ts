import type { Recorded } from '#event-sourcing';
import { type Handler, type RequestEvent, isOpen } from './request.events.js';
import { type RequestState, evolve, unlogged } from './request.state.js';

/** Who had it from when to when (ISO 8601, UTC); `holder` null: the station that logged it. `to` null: still. */
export type Holding = { holder: Handler | null; from: string; to: string | null; acceptedAt: string | null };

export type HolderClocks = {
  /** One after the other, without gaps, while the request was somebody's work. */
  holdings: Holding[];
  /** How often a unit gave it back. */
  returns: number;
  /** 退单拉锯: how often it came again to a unit that had had it, from another (A→B→A). */
  pingPongs: number;
};

/**
 * Whose time it was. A request belongs to its station until a unit is given it, to that unit until it is given to another or
 * given back; nothing runs while it is resolved. What is entered late is told in the order in which it was recorded, no
 * holding ending before it began.
 */
export function holderClocks(history: readonly Recorded<RequestEvent>[]): HolderClocks {
  const holdings: Holding[] = [];
  let state = unlogged;
  for (const event of history) {
    const before = state;
    state = evolve(state, event);
    const last = holdings.at(-1);
    const at = later(event.occurredAt, last?.to ?? last?.from);
    if (ends(before, state)) close(last, at);
    if (ends(state, before)) {
      holdings.push({ holder: state.holder, from: at, to: null, acceptedAt: null });
    }
    if (state.status === 'accepted') accept(holdings.at(-1), at);
  }
  return { holdings, returns: state.returns, pingPongs: pingPongs(holdings) };
}

/** Whether what was somebody's is not theirs any more. The other way round: whether it becomes somebody's. */
const ends = (before: RequestState, after: RequestState): boolean =>
  isOpen(before.status) && (!isOpen(after.status) || before.holder?.id !== after.holder?.id);

/** Milliseconds that a holding lasted, to now (ISO 8601) where it still does. */
export const lasted = ({ from, to }: Holding, now: string): number =>
  Date.parse(later(to ?? now, from)) - Date.parse(from);

function close(holding: Holding | undefined, at: string): void {
  if (holding) holding.to ??= at;
}

function accept(holding: Holding | undefined, at: string): void {
  if (holding) holding.acceptedAt ??= at;
}

function pingPongs(holdings: Holding[]): number {
  const units = holdings.flatMap(({ holder }) => (holder ? [holder.id] : []));
  return units.filter((id, index) => units[index - 1] !== id && units.slice(0, index).includes(id)).length;
}

const later = (one: string, other: string | undefined): string =>
  other !== undefined && Date.parse(other) > Date.parse(one) ? other : one;
