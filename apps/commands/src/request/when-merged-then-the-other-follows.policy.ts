import { Injectable } from '@nestjs/common';
import { type Recorded, Rejection, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type RequestEvent, callbacksFor, movedBy, requestDecider, requestStream } from '#requests';
import { Consequence } from '../reaction/consequence.js';
import type { Policy } from '../reaction/policy.js';
import { TermsDirectory } from '../policy/terms.directory.js';

/**
 * Merging takes two streams. The merged request decides; the other one follows how that stands now, whatever it was that
 * happened: so it does not matter how often, how late or in which process this is asked. Its own events are waited for as well,
 * for one that was written late, after the merged request had changed its mind.
 */
@Injectable()
export class WhenMergedThenTheOtherFollows implements Policy {
  readonly on = ['Merged', 'Unmerged', 'TookIn', 'GaveBack'] as const;

  constructor(
    private readonly store: EventStore,
    private readonly consequence: Consequence,
    private readonly terms: TermsDirectory,
  ) {}

  /** Gives why the other request turned the merged one away, where it had ended in the meantime. */
  async follow(event: Recorded<RequestEvent>): Promise<Rejection | undefined> {
    const { merged: request, other } = pairOf(event);
    const history = await this.store.read<RequestEvent>(requestStream(request));
    const merged = fold(requestDecider, history);
    const { mergedInto, stated, callbacks, district, timeZone } = merged;
    if (district === null) throw new Error(`${request} was never logged`);
    const terms = await this.terms.of(district, timeZone, event.recordedAt, event.occurredAt);
    if (mergedInto !== other) {
      await this.consequence.of(event, other, { type: 'GiveBack', data: { request }, terms });
      await this.bringBack(event, request, other);
      return undefined;
    }
    const resident = stated?.resident ?? null;
    const moved = movedBy(merged, terms);
    try {
      await this.consequence.of(event, other, {
        type: 'TakeIn',
        data: { request, resident, callbacks, moved },
        terms,
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const data = { reason: error.reason, callbacks: [], trigger: 'turned-away' as const };
      await this.consequence.of(event, request, { type: 'Unmerge', data, terms });
      return error;
    }
  }

  // A callback may have been recorded there after they had been gathered for `Unmerged`. Once it has given the request back, it
  // takes no more of them.
  private async bringBack(event: Recorded<RequestEvent>, request: string, other: string): Promise<void> {
    const callbacks = callbacksFor(request, await this.store.read<RequestEvent>(requestStream(other)));
    if (callbacks.length === 0) return;
    await this.consequence.of(event, request, { type: 'BringBack', data: { from: other, callbacks } });
  }
}

function pairOf({ type, data, stream }: Recorded<RequestEvent>): { merged: string; other: string } {
  const own = stream.slice(requestStream('').length);
  if (type === 'Merged') return { merged: own, other: data.into };
  if (type === 'Unmerged') return { merged: own, other: data.from };
  if (type === 'TookIn' || type === 'GaveBack') return { merged: data.request, other: own };
  throw new Error(`${type} merges nothing`);
}
