import { once } from 'node:events';
import { Agent, type IncomingMessage, get } from 'node:http';
import { p50p99, quantile } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { seededStation, storedRequests } from '../seeded-station.js';
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

type Question = { what: string; goal?: number; path: (turn: number, stored: number) => string };

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
  {
    what: 'district rates, thirty days',
    path: (turn) => `/v1/districts/${district(turn)}/rates?window=30&to=${daysAgo(turn % 300)}`,
  },
  {
    what: 'district rates, all, as of a position in the middle',
    // Some six events are stored of each request.
    path: (turn, stored) => `/v1/districts/${district(turn)}/rates?from=2000-01-01&asOf=${3 * stored + turn}`,
  },
  { what: 'requests, newest page', path: (turn) => `/v1/requests?station=${station(turn)}` },
];

async function measure(bench: Bench): Promise<Figure[]> {
  const requests = storedRequests(bench);
  const { server, reading } = await seededStation(bench, 'reading', requests);
  const from = reader(server.url, reading.headers);
  try {
    const taken = new Map<Question, number[]>(questions.map((question) => [question, []]));
    const [rounds, times] = bench.quick ? [1, 20] : [5, 200];
    for (const question of questions) await ask(from, question, { times, requests }); // warm
    for (let round = 0; round < rounds; round += 1) {
      for (const [question, all] of taken) all.push(...(await ask(from, question, { times, requests })));
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
async function ask(
  from: Reader,
  { path }: Question,
  { times, requests }: { times: number; requests: number },
): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const start = performance.now();
    await from(path(turn, requests));
    taken.push(performance.now() - start);
  }
  return taken;
}

type Reader = (path: string) => Promise<void>;

/**
 * Asks over one connection and throws the answers away as they come: with `fetch`, which puts them together, the tail of the
 * times was the asker's own garbage collection.
 */
function reader(url: string, headers: Record<string, string>): Reader {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return async (path) => {
    const [answer] = (await once(get(url + path, { agent, headers }), 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
  };
}
