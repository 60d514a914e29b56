import { type Database, runProjections, tablesOf } from '#read-store';
import { stationProjection } from '../../../apps/queries/src/station/station.projection.js';
import { statisticsProjection } from '../../../apps/queries/src/statistics/statistics.projection.js';

export const district = '海淀区';
/** Days that requests fall on, the first of them. */
export const days = { first: '2025-01-01', count: 365 };

/** Empty tables of the projections that are read, as their own runner makes them. */
export async function emptyStatistics(database: Database): Promise<void> {
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const feed = {
    async *subscribe() {
      yield { kind: 'caught-up' } as const;
    },
  };
  const running = runProjections({
    projections: [statisticsProjection, stationProjection],
    feed,
    database,
    log: silent,
  });
  for (const name of ['statistics', 'station']) {
    await running.waitFor(name, { position: -1n, stream: '' }, 60_000);
  }
  await running.stop();
}

/**
 * The cells of a year of one district: twenty stations, twelve categories, nine of ten requests resolved after half an hour
 * to some two months, most of them soon. Written by the database: a million requests need no events.
 */
export async function fillStatistics(database: Database, requests: number): Promise<void> {
  const { tally } = tablesOf(statisticsProjection);
  await database.query(`create table told as select
      date '${days.first}' + (random() * ${days.count - 1})::integer as day,
      'S' || lpad((random() * 19)::integer::text, 3, '0') as station, '类别' || (random() * 11)::integer as category,
      (power(random(), 4) * 1000)::integer as response,
      case when random() < 0.9 then (5 + power(random(), 4) * 15000)::integer end as resolution
    from generate_series(1, ${requests})`);
  for (const basis of ['creation', 'closing']) {
    const day = basis === 'creation' ? 'day' : 'day + 1 + (coalesce(resolution, 0) / 240)';
    for (const [part, member] of [
      ['whole', "''"],
      ['category', 'category'],
      ['station', 'station'],
    ] as const) {
      for (const grain of part === 'whole' ? ['day'] : ['day', 'month']) {
        await database.query(`insert into ${tally}
          (basis, district, part, grain, start, member, logged, resolved, open, responses, resolutions)
          select '${basis}', '${district}', '${part}', '${grain}', date_trunc('${grain}', ${day})::date, ${member},
            count(*), count(resolution), count(*) - count(resolution), string_agg(response || ' ', ''),
            coalesce(string_agg(resolution || ' ', ''), '')
          from told ${basis === 'closing' ? 'where resolution is not null' : ''} group by 5, 6`);
      }
    }
  }
  await database.query('drop table told');
}

/** One more request, as the projection would add it: behind the lists of its cells. */
export async function addOne(database: Database, day: string): Promise<void> {
  await database.query(
    `update ${tablesOf(statisticsProjection).tally}
     set logged = logged + 1, resolved = resolved + 1, responses = responses || '7 ', resolutions = resolutions || '70 '
     where basis = 'creation' and district = $1 and start = date_trunc(grain, $2::date)::date
       and member in ('', '类别3', 'S003')`,
    [district, day],
  );
}
