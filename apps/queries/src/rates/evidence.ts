import { Injectable } from '@nestjs/common';
import { redacts } from '#access';
import type { Principal } from '#access';
import type { Recorded } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type RequestEvent, requestStream } from '#requests';
import { page, pageSize, placeOf } from '../paging.js';
import { unnamedKinds } from '../request/handler.view.js';
import { evidenceEvents } from './evidence.events.js';
import type { EvidenceCounts, EvidenceRow } from './evidence.statement.js';
import type { EvidenceItem, RateEvidence, WhyView } from './evidence.view.js';
import { policyView } from './rates.answer.js';
import { type RatesFrame, RatesFrames } from './rates.frame.js';
import { type EvidenceName, type Reason, measures } from './rates.measures.js';
import type { EvidenceQuery } from './rates.query.js';
import { RatesReader } from './rates.reader.js';

type Question = EvidenceQuery & { rate: EvidenceName };

/** Which requests a number is made of, and by which of their events: those are read where they are stored. */
@Injectable()
export class Evidence {
  constructor(
    private readonly frames: RatesFrames,
    private readonly reader: RatesReader,
    private readonly store: EventStore,
  ) {}

  async of(district: string, query: Question, caller: Principal): Promise<RateEvidence> {
    const { cursor, limit = pageSize.usual, ...filters } = query;
    const asked = { district, ...filters };
    const place = placeOf(cursor, asked);
    // The pages of a list are of one moment, that of the first.
    const frame = await this.frames.of(district, {
      ...query,
      ...(place?.asOf !== undefined && { asOf: place.asOf }),
    });
    const { rate, unit, unlisted = false } = query;
    const unnamed = unnamedKinds(caller);
    const found = await this.reader.evidence(
      frame,
      measures[rate],
      { unit: unit ?? null, unnamed, unlisted },
      { place, limit },
    );
    const { rows, next } = page(found.rows, limit, asked, ({ logged_at, id, nth }) => ({
      at: logged_at,
      id,
      nth,
      asOf: frame.asOf.position,
    }));
    return {
      district,
      rate,
      unit: unit ?? null,
      unlisted,
      basis: rate === 'on-time' ? 'due' : frame.window.by,
      window: frame.window,
      asOf: frame.asOf,
      policy: policyView(frame.policy),
      counts: countsView(rate, found.counts, frame),
      items: await Promise.all(rows.map((row) => this.item(row, rate, frame, caller))),
      next,
    };
  }

  private async item(
    row: EvidenceRow,
    rate: EvidenceName,
    { asOf, policy }: RatesFrame,
    caller: Principal,
  ): Promise<EvidenceItem> {
    const stored = await this.store.read<RequestEvent>(requestStream(row.id));
    const history = stored.filter(({ position }) => position <= BigInt(asOf.position));
    const { mostlySatisfied } = policy.rates;
    return {
      request: row.id,
      unit: row.kind !== null && unnamedKinds(caller).includes(row.kind) ? null : row.unit,
      in: row.above ? 'numerator' : row.why === null ? 'denominator' : 'excluded',
      counts: row.above ? (rate !== 'satisfaction' ? 1 : row.as === 'mostly' ? mostlySatisfied : 100) : 0,
      as: row.as,
      why: row.why && whyView(row.why, history, redacts(caller.role)),
      events: evidenceEvents(rate, history, row.unit).map(({ type, id, revision, position }) => ({
        type,
        id,
        revision: revision.toString(),
        position: position.toString(),
      })),
    };
  }
}

function countsView(
  rate: EvidenceName,
  { above, mostly, within, excluded }: EvidenceCounts,
  { policy }: RatesFrame,
): RateEvidence['counts'] {
  return rate === 'satisfaction'
    ? {
        numerator: 100 * (above - mostly) + policy.rates.mostlySatisfied * mostly,
        denominator: within,
        scale: 100,
        excluded,
      }
    : { numerator: above, denominator: within, scale: 1, excluded };
}

// Who approved is a name, and the words are free: neither is for those who see no persons.
function whyView(reason: Reason, history: readonly Recorded<RequestEvent>[], silent: boolean): WhyView {
  const why = { reason, approver: null, words: null, countedWith: null };
  for (const { type, data } of history.toReversed()) {
    if (reason === 'excluded' && type === 'Excluded') {
      return silent ? why : { ...why, approver: data.approver, words: data.reason };
    }
    if (reason === 'merged' && type === 'Merged') return { ...why, countedWith: data.into };
    if (reason === 'part' && type === 'RequestLogged') return { ...why, countedWith: data.partOf ?? null };
  }
  return why;
}
