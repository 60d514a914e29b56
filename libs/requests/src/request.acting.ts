import { Rejection } from '#event-sourcing';
import type { Handler } from './request.events.js';
import type { RequestState } from './request.state.js';

// Who does something about a request; `undefined` does it in the name of whoever it is up to.

export function actingHolder({ holder }: RequestState, by: string | undefined): Handler {
  if (!holder || (by !== undefined && by !== holder.id)) {
    throw new Rejection('not-the-holder', { holder: holder?.name ?? null });
  }
  return holder;
}

export function actingLead({ lead, holder }: RequestState, by: string | undefined): Handler {
  const answerable = lead ?? holder;
  if (!answerable || (by !== undefined && by !== answerable.id)) {
    throw new Rejection('not-the-lead', { lead: answerable?.name ?? null });
  }
  return answerable;
}

export function refuseStranger({ holder, lead, helpers }: RequestState, by: string | undefined): void {
  if (by === undefined || [holder, lead, ...helpers].some((handler) => handler?.id === by)) return;
  throw new Rejection('not-the-holder', { holder: holder?.name ?? null });
}
