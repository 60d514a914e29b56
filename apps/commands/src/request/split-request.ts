import { Injectable } from '@nestjs/common';
import { localDay } from '#calendar';
import { EventStore } from '#event-store';
import { Problem } from '#problems';
import { type Part, type RequestEvent, parseRequestId, requestId, requestStream } from '#requests';
import { Answer } from '../answer.js';
import type { Asked } from '../asked.js';
import { StationDirectory } from '../station/station.directory.js';
import type { SplitAnswer } from './request.answer.js';
import type { PartDto, SplittingDto } from './request-merging.dto.js';
import { RequestDispatch } from './request.dispatch.js';
import { WhenSplitThenLogTheParts } from './when-split-then-log-the-parts.policy.js';

const derivations = 8;

/** Finds numbers for the parts, lets the parent decide with them, and logs the parts at once; see the policy. */
@Injectable()
export class SplitRequest {
  constructor(
    private readonly store: EventStore,
    private readonly requests: RequestDispatch,
    private readonly stations: StationDirectory,
    private readonly policy: WhenSplitThenLogTheParts,
  ) {}

  async split(id: string, body: SplittingDto, asked: Asked): Promise<Answer<SplitAnswer>> {
    const number = parseRequestId(id);
    if (!number) throw new Problem('unknown-request', { id });
    await this.requests.authorise(asked.caller, 'split', number.station);
    const parts = await this.numbered(number.station, body.parts, asked);
    const {
      body: answer,
      at,
      location,
    } = await this.requests.run(id, 'split', body, asked, {
      type: 'Split',
      data: { reason: body.reason, parts },
    });
    const known = await this.logged(id);
    const summaries = body.parts.map(({ summary }) => summary);
    const asParts = known.filter(({ summary }) => summaries.includes(summary));
    return new Answer({ ...answer, parts: asParts.map(({ requestId }) => requestId) }, at, location);
  }

  // Under the key that was said first these numbers are not used: the first answer is given again.
  private async numbered(station: string, parts: readonly PartDto[], { key, now }: Asked): Promise<Part[]> {
    const { timeZone } = await this.stations.find(station);
    const day = localDay(now, timeZone);
    const numbered: Part[] = [];
    for (const [index, { summary, details, category }] of parts.entries()) {
      const taken = new Set(numbered.map((part) => part.requestId));
      const id = await this.free(taken, (derivation) =>
        requestId(station, day, `${key}\n${index}`, derivation),
      );
      numbered.push({ requestId: id, summary, details: details ?? null, category: category ?? null });
    }
    return numbered;
  }

  private async free(taken: Set<string>, derived: (derivation: number) => string): Promise<string> {
    for (let derivation = 0; derivation < derivations; derivation += 1) {
      const id = derived(derivation);
      if (!taken.has(id) && (await this.store.read(requestStream(id))).length === 0) return id;
    }
    throw new Problem('conflict');
  }

  /** Logs what is not logged yet, and gives every part there is. */
  private async logged(id: string): Promise<Part[]> {
    const splits = (await this.store.read<RequestEvent>(requestStream(id))).filter(
      ({ type }) => type === 'Split',
    );
    for (const event of splits) await this.policy.follow(event);
    return splits.flatMap((event) => (event.type === 'Split' ? event.data.parts : []));
  }
}
