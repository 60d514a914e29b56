import { p50p99, quantile } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { seededStation, storedRequests } from '../seeded-station.js';
import type { Reading } from '../station-reading.js';
import { stations } from '../synthetic/stations.js';

export const reading: Section = {
  name: 'reading',
  title: 'Reading',
  about: [
    'One question at a time over HTTP with keep-alive, from another process than the station; 50 lines a page. A question goes round the',
    'twenty stations and four districts, so that no answer is asked for twice in a row. The goals are for a million requests stored',
    '(`--million`); a smaller store says less.',
  ].join('\n'),
  run: measure,
};

type Question = { what: string; goal?: number; path: (turn: number) => string };

const day = 86_400_000;
const daysAgo = (count: number): string => new Date(Date.now() - count * day).toISOString().slice(0, 10);
const station = (turn: number) => stations[turn % stations.length]?.code ?? '';
const district = (turn: number) => encodeURIComponent(stations[turn % 4]?.district ?? '');
const window = (turn: number) => `from=${daysAgo(30 + (turn % 300))}&to=${daysAgo(turn % 30)}`;

const questions: Question[] = [
  { what: 'logbook, newest page', goal: 10, path: (turn) => `/v1/stations/${station(turn)}/logbook` },
  {
    what: 'logbook, one day',
    goal: 10,
    path: (turn) => `/v1/stations/${station(turn)}/logbook?day=${daysAgo(1 + (turn % 300))}`,
  },
  {
    what: 'logbook, open ones first',
    goal: 10,
    path: (turn) => `/v1/stations/${station(turn)}/logbook?sort=open-first`,
  },
  {
    what: 'district statistics, all',
    goal: 50,
    path: (turn) => `/v1/districts/${district(turn)}/statistics`,
  },
  {
    what: 'district statistics, a window by creation',
    goal: 50,
    path: (turn) => `/v1/districts/${district(turn)}/statistics?${window(turn)}`,
  },
  {
    what: 'district statistics, a window by closing',
    goal: 50,
    path: (turn) => `/v1/districts/${district(turn)}/statistics?by=closing&${window(turn)}`,
  },
  { what: 'requests, newest page', path: (turn) => `/v1/requests?station=${station(turn)}` },
];

async function measure(bench: Bench): Promise<Figure[]> {
  const requests = storedRequests(bench);
  const { server, reading } = await seededStation(bench, 'reading', requests);
  try {
    const taken = new Map<Question, number[]>(questions.map((question) => [question, []]));
    const [rounds, times] = bench.quick ? [1, 20] : [5, 200];
    for (const question of questions) await ask(reading, question, times); // warm
    for (let round = 0; round < rounds; round += 1) {
      for (const [question, all] of taken) all.push(...(await ask(reading, question, times)));
    }
    const stored = `${requests.toLocaleString('en')} stored, p50 / p99`;
    return [...taken].map(([{ what, goal }, all]) => {
      const figure = { what: `${what}, ${stored}`, value: p50p99(all) };
      if (goal === undefined) return figure;
      return held(figure.what, figure.value, `p99 ≤ ${goal} ms`, quantile(all, 0.99) <= goal);
    });
  } finally {
    await server.stop();
  }
}

/** Milliseconds of each, to the last byte. Throws when an answer is no success. */
async function ask({ get }: Reading, { path }: Question, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const start = performance.now();
    const answer = await get(path(turn));
    const body = await answer.text();
    taken.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${path(turn)}: ${answer.status} ${body}`);
  }
  return taken;
}
