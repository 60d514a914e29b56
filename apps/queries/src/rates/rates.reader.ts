import { Injectable } from '@nestjs/common';
import { type Connection, readAsOf } from '#read-store';
import type { Handler } from '#requests';
import { invalidQuery } from '../invalid-query.js';
import type { Place } from '../paging.js';
import { Completeness } from '../feed/completeness.js';
import { Districts } from '../policy/districts.js';
import { ReadModels } from '../read-models.js';
import { type EvidenceCounts, type EvidenceRow, evidence, evidenceCounts } from './evidence.statement.js';
import type { UnitCounts } from './rates.counts.js';
import type { RatesFrame } from './rates.frame.js';
import type { Measure } from './rates.measures.js';
import { ratesProjection } from './rates.projection.js';
import { counts, moment, returnCounts } from './rates.statement.js';

export type Moment = { position: string; recordedAt: string | null; timeZone: string };

/** Of which row of the table; nobody of an unnamed kind is found by name. */
type EvidenceOf = { unit: string | null; unnamed: readonly Handler['kind'][]; unlisted: boolean };

const otherwise = 'Asia/Shanghai';

@Injectable()
export class RatesReader {
  constructor(
    private readonly models: ReadModels,
    private readonly districts: Districts,
    private readonly completeness: Completeness,
  ) {}

  /**
   * A position (that up to which everything is known when none is asked for), when its last event was recorded, and the zone of the district's first
   * request. Throws `unknown-district`, or `invalid-query` for a position that is not known yet.
   */
  async moment(district: string, asked: string | undefined): Promise<Moment> {
    if (district.includes('\0')) await this.districts.mustKnow(district, '');
    const found = await this.read(async (connection, newest) => {
      const now = await this.completeness.upTo(connection, ratesProjection, newest);
      if (asked !== undefined && BigInt(asked) > BigInt(now)) throw ahead(now);
      const position = asked === undefined ? now : BigInt(asked).toString();
      const { rows } = await connection.query<{ recordedAt: string | null; timeZone: string | null }>(
        moment,
        [district, position],
      );
      return { position, recordedAt: rows[0]?.recordedAt ?? null, timeZone: rows[0]?.timeZone ?? null };
    });
    if (found.timeZone === null) await this.districts.mustKnow(district, '');
    return { ...found, timeZone: found.timeZone ?? otherwise };
  }

  counts(frame: RatesFrame): Promise<UnitCounts[]> {
    return this.read(async (connection) => {
      const { by } = frame.window;
      const led = await connection.query<UnitCounts>(counts(by), valuesOf(frame));
      const given = await connection.query<UnitCounts>(returnCounts(by), valuesOf(frame));
      return [...led.rows, ...given.rows];
    });
  }

  /** How many requests a rate is of and which, those behind a place first. One more than the page, if there is one. */
  evidence(
    frame: RatesFrame,
    measure: Measure,
    { unit, unnamed, unlisted }: EvidenceOf,
    { place, limit }: { place: Place | undefined; limit: number },
  ): Promise<{ counts: EvidenceCounts; rows: EvidenceRow[] }> {
    const values = [...valuesOf(frame), unit, unnamed, unlisted, frame.policy.rates.units ?? null];
    const { by } = frame.window;
    return this.read(async (connection) => {
      const counted = await connection.query<EvidenceCounts>(evidenceCounts(by, measure), values);
      const { rows } = await connection.query<EvidenceRow>(evidence(by, measure), [
        ...values,
        place?.at ?? null,
        place?.id ?? null,
        place?.nth ?? 0,
        limit + 1,
      ]);
      const [counts] = counted.rows as [EvidenceCounts];
      return { counts, rows };
    });
  }

  private read<Result>(work: (connection: Connection, now: string) => Promise<Result>): Promise<Result> {
    return readAsOf(this.models.database, [ratesProjection], (connection, { position }) =>
      work(connection, position),
    );
  }
}

const valuesOf = ({ district, asOf, window, policy }: RatesFrame): unknown[] => [
  district,
  asOf.position,
  window.from,
  window.to,
  asOf.recordedAt,
  policy.rates.exclusions ?? null,
];

const ahead = (now: string) =>
  invalidQuery('asOf', `晚于目前已知的位置 ${now}`, `lies ahead of what is known, which is ${now}`);
