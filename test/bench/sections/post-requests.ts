import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../load.js';
import { median, perSecond, times } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { type Contestant, startContestants } from './post-requests.contestants.js';

const connections = 64;

const body = JSON.stringify({
  station: 'YFXJ',
  summary: '5号楼前路面结冰，老人出行易摔',
  details: '昨夜下雪后未清，门口台阶也滑。',
  category: '扫雪除冰',
  place: { building: '5号楼', unit: '2单元' },
  resident: { name: '王秀英', phone: '13800000000', flat: '301' },
  channel: 'walk-in',
});

export const postRequests: Section = {
  name: 'post',
  title: `POST /v1/requests, ${connections} connections`,
  about: [
    'The same body to every contestant, from a load generator in a process of its own; rounds alternate between the contestants,',
    'figures are medians of the rounds. All check it with the same class-validator DTO.',
    'Validate-only is bare Nest over Fastify with Nest’s ValidationPipe: no log, no metrics, nothing stored.',
    'The CRUD service is the same with the guard, `pg` with a pool of prepared statements, and real PostgreSQL with its default settings',
    '(`fsync` and `synchronous_commit` on): one transaction inserts the request and its audit row. “One statement” does it in one round trip.',
    'Yizhan’s own contestants are the apps as shipped: guard, scope, idempotency, a log line to a file and metrics for every request,',
    'one fsync’d append before the answer. “Station” is everything in one process, projections included; before each round all',
    'projections have caught up. “Commands” is the commands app alone, the node in another process.',
  ].join('\n'),
  run: measure,
};

const fire = (contestant: Contestant, seconds: number) =>
  load({ ...contestant, url: `${contestant.url}/v1/requests`, connections, seconds, body });

async function measure(bench: Bench): Promise<Figure[]> {
  const [rounds, seconds] = bench.quick ? [2, 2] : [7, 6];
  const home = join(bench.home, 'post');
  mkdirSync(home);
  await using contestants = await startContestants(home, bench.profiles);
  const rates = new Map<Contestant, number[]>(contestants.all.map((contestant) => [contestant, []]));
  for (const contestant of contestants.all) await fire(contestant, bench.quick ? 1 : 4);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [contestant, measured] of rates) {
      await Promise.all(contestants.all.map(({ settle }) => settle())); // the last one may work on for a while
      const { rate, p50, p99 } = await fire(contestant, seconds);
      measured.push(rate);
      bench.say(`round ${round}: ${contestant.name} ${perSecond(rate)}, p50 ${p50} ms, p99 ${p99} ms`);
    }
  }
  return compare([...rates].map(([{ name }, measured]) => ({ name, rate: median(measured) })));
}

function compare(results: { name: string; rate: number }[]): Figure[] {
  const rateOf = (part: string): number => results.find(({ name }) => name === part)?.rate ?? Number.NaN;
  const figures: Figure[] = results.map(({ name, rate }) => ({ what: name, value: perSecond(rate) }));
  for (const ours of ['station', 'commands']) {
    for (const [other, goal] of [
      ['validate-only', 0.5],
      ['validate-only, guarded', 0.5],
      ['CRUD', 1],
      ['CRUD, one statement', 1],
    ] as const) {
      const ratio = rateOf(ours) / rateOf(other);
      figures.push(held(`${ours} ÷ ${other}`, times(ratio), `≥ ${goal.toFixed(1)}×`, ratio >= goal));
    }
  }
  return figures;
}
