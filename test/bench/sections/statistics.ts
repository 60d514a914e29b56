import { openDatabase, startEmbeddedPostgres } from '#read-store';
import { districtStatistics } from '../../../apps/queries/src/statistics/statistics.answer.js';
import type { Basis } from '../../../apps/queries/src/statistics/statistics.cells.js';
import { StatisticsReader } from '../../../apps/queries/src/statistics/statistics.reader.js';
import { ms, p50p99, quantile } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { storedRequests } from '../seeded-station.js';
import { addOne, days, district, emptyStatistics, fillStatistics } from '../synthetic/statistics.cells.js';

export const statistics: Section = {
  name: 'statistics',
  title: 'Statistics of one district',
  about: [
    'The whole answer of a district that has all of the requests (`--million`), from the question to the bytes, without HTTP: its cells',
    'are written into PGlite, not projected from events. First: a process that has read nothing yet. One changed: before each question',
    'a request is added to a day of the window, so that the lists of its cells are read again.',
  ].join('\n'),
  run: measure,
};

type Window = { from: string; to: string };

const day = 86_400_000;
const dayOf = (offset: number) => new Date(Date.parse(days.first) + offset * day).toISOString().slice(0, 10);
const year = { from: dayOf(0), to: dayOf(days.count - 1) };
const anyWindow = (turn: number): Window => ({
  from: dayOf((turn * 37) % 180),
  to: dayOf(200 + ((turn * 53) % 160)),
});

async function measure(bench: Bench): Promise<Figure[]> {
  const requests = storedRequests(bench);
  const postgres = await startEmbeddedPostgres();
  const database = openDatabase(postgres.connectionString, () => {});
  try {
    await emptyStatistics(database);
    await fillStatistics(database, requests);
    bench.say(`${requests.toLocaleString('en')} requests in the cells of one district`);
    type Models = ConstructorParameters<typeof StatisticsReader>[0];
    const reader = new StatisticsReader({ database } as Models);
    const ask = async (basis: Basis, window: Window): Promise<number> => {
      const start = performance.now();
      const cells = await reader.district(district, basis, window);
      if (!cells) throw new Error(`nothing is known of ${district}`);
      JSON.stringify(districtStatistics(district, { by: basis, ...window }, cells));
      return performance.now() - start;
    };
    const first = await ask('creation', year);
    const taken = async (question: (turn: number) => Promise<number>): Promise<number[]> => {
      const times: number[] = [];
      const turns = bench.quick ? 20 : 500;
      for (let turn = 0; turn < turns; turn += 1) await question(turn);
      for (let turn = 0; turn < turns; turn += 1) times.push(await question(turn));
      return times;
    };
    const goal = (what: string, times: number[]) =>
      held(
        `${what}, ${requests.toLocaleString('en')} in it, p50 / p99`,
        p50p99(times),
        'p99 ≤ 50 ms',
        quantile(times, 0.99) <= 50,
      );
    return [
      { what: 'the whole year, first time', value: ms(first) },
      goal('the whole year', await taken(() => ask('creation', year))),
      goal('a window by creation', await taken((turn) => ask('creation', anyWindow(turn)))),
      goal('a window by closing', await taken((turn) => ask('closing', anyWindow(turn)))),
      goal(
        'a window, one changed',
        await taken(async (turn) => {
          await addOne(database, dayOf(190));
          return ask('creation', anyWindow(turn));
        }),
      ),
    ];
  } finally {
    await database.end();
    await postgres.close();
  }
}
