import { Rejection } from '#event-sourcing';
import type { CommandOf } from './request.commands.js';
import type { EvenThough, RequestEvent, ResolutionClock } from './request.events.js';
import type { RequestState } from './request.state.js';

/** The parts that are not there yet. One level is enough: a part is done by one unit, or it was split wrongly. */
export function split({ reason, parts }: CommandOf<'Split'>['data'], state: RequestState): RequestEvent[] {
  if (state.partOf !== null) throw new Rejection('part-cannot-be-split', { parent: state.partOf });
  const fresh = parts.filter(({ summary }) => !state.parts.some((part) => part.summary === summary));
  return [
    {
      type: 'Split',
      data: {
        reason,
        parts: fresh.map(({ requestId, summary, details, category }) => ({
          requestId,
          summary,
          details,
          category,
        })),
      },
    },
  ];
}

export const copyClock = ({ from, pauses }: ResolutionClock): ResolutionClock => ({
  from,
  pauses: pauses.map((pause) => ({ from: pause.from, to: pause.to })),
});

/** A parent does not end over open parts in silence: says which and why, or throws `parts-open`. */
export function overParts(
  { openParts, evenThough }: Pick<CommandOf<'Close'>['data'], 'openParts' | 'evenThough'>,
  state: RequestState,
): { evenThough?: EvenThough } {
  const parts = state.parts
    .map(({ requestId }) => requestId)
    .filter((part) => openParts?.includes(part) ?? true);
  if (parts.length === 0) return {};
  if (evenThough === undefined) throw new Rejection('parts-open', { parts });
  return { evenThough: { parts, reason: evenThough } };
}
