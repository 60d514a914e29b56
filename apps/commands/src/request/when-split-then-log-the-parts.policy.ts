import { Injectable } from '@nestjs/common';
import { type Recorded, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type Part,
  type RequestCommand,
  type RequestEvent,
  requestDecider,
  resolutionClock,
} from '#requests';
import { TermsDirectory } from '../policy/terms.directory.js';
import { Consequence } from '../reaction/consequence.js';
import type { Policy } from '../reaction/policy.js';

/** The parent has decided, with the numbers of its parts; each of them begins a stream of its own. */
@Injectable()
export class WhenSplitThenLogTheParts implements Policy {
  readonly on = ['Split'] as const;

  constructor(
    private readonly store: EventStore,
    private readonly consequence: Consequence,
    private readonly terms: TermsDirectory,
  ) {}

  async follow(event: Recorded<RequestEvent>): Promise<void> {
    if (event.type !== 'Split') return;
    const history = await this.store.read<RequestEvent>(event.stream);
    for (const part of event.data.parts) {
      const command = logging(part, history, event);
      const { district, timeZone } = command.data.station;
      const terms = await this.terms.of(district, timeZone, event.recordedAt, event.occurredAt);
      await this.consequence.of(event, part.requestId, { ...command, terms }, { creates: true });
    }
  }
}

// Who asked, where and at which station is the parent's, and so is the time that has passed since; what is to be done is the
// part's own.
function logging(
  part: Part,
  parent: Recorded<RequestEvent>[],
  { revision, occurredAt }: Recorded,
): Extract<RequestCommand, { type: 'LogRequest' }> {
  const [first] = parent;
  if (first?.type !== 'RequestLogged') throw new Error(`${first?.stream} begins with ${first?.type}`);
  const { requestId: partOf, station, residentDistrict, channel } = first.data;
  const { stated } = fold(requestDecider, parent);
  const whenSplit = fold(
    requestDecider,
    parent.filter((event) => event.revision <= revision),
  );
  return {
    type: 'LogRequest',
    data: {
      requestId: part.requestId,
      station,
      summary: part.summary,
      details: part.details ?? undefined,
      category: part.category ?? undefined,
      place: stated?.place,
      resident: stated?.resident ?? undefined,
      residentDistrict: residentDistrict ?? undefined,
      channel,
      partOf,
      resolutionClock: resolutionClock(whenSplit, occurredAt),
    },
  };
}
