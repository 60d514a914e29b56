import { setTimeout as sleep } from 'node:timers/promises';
import { yizhan } from '../import/yizhan.process.js';
import type { StationProcess } from '../processes/station.process.js';
import type { Violation } from '../reliability/violation.js';
import type { Answer } from './desk.js';
import { type District, path, station } from './district.js';
import type { PlantedFault } from './variants/planted-fault.js';

// Each of these reads with the token of a write and says which answers were older than it, or never came. A relay is at work.

/**
 * One of two projectors stands still: of what falls into its partitions nothing is answered until the other one has them, when its session
 * has run out.
 */
export async function readsWhilePaused(district: District, fault?: PlantedFault): Promise<Violation[]> {
  const { desk } = district;
  const one = await district.projector(fault);
  await one.writes(hasItsShare);
  const two = await district.projector(fault);
  await two.writes(hasItsShare);
  one.signal('SIGSTOP');
  const written = async () => {
    const { id } = await district.writes();
    return { id, token: (await desk.assign(station, id)).token };
  };
  const writes = await Promise.all(Array.from({ length: 12 }, written)); // some in each partition
  const asked = await Promise.all(
    writes.map(async ({ id, token }) => ({
      id,
      ...(await desk.read(two.url, path(id), { token, wait: 1 })),
    })),
  );
  const seen = await Promise.all(
    writes.map(async ({ id, token }) => ({ id, ...(await desk.sees(two.url, path(id), { token })) })),
  );
  one.signal('SIGCONT');
  await Promise.all([one.stop(), two.stop()]);
  const early = asked.filter((answer) => answer.status !== 503 && isOld(answer));
  const found = [...early, ...seen.filter(isOld)].map((answer) => older(answer.id, answer));
  if (asked.every(({ status }) => status !== 503))
    found.push({ kind: 'contradiction', what: 'nothing had to wait for the one that stands still' });
  return found;
}

const hasItsShare = /projection request@\d+ has partitions \d/;

/** Nothing is carried to any projector. */
export async function readsWhileNothingComes(
  district: District,
  relay: StationProcess,
  fault?: PlantedFault,
): Promise<Violation[]> {
  const { desk } = district;
  const projector = await district.projector(fault);
  relay.signal('SIGSTOP');
  const { id, token } = await district.writes();
  const asked = await desk.read(projector.url, path(id), { token, wait: 1 });
  relay.signal('SIGCONT');
  const seen = await desk.sees(projector.url, path(id), { token });
  await projector.stop();
  return [
    ...(asked.status === 503 ? [] : [older(id, asked)]),
    ...(seen.status === 200 ? [] : [older(id, seen)]),
  ];
}

/** Partitions move to another projector and back. */
export async function readsAcrossRebalance(district: District, fault?: PlantedFault): Promise<Violation[]> {
  const stays = await district.projector(fault);
  const moves = async () => {
    const comes = await district.projector(fault);
    await sleep(500); // it has its share
    await comes.stop();
  };
  const found = await readsOwn(district, stays.url, moves());
  await stays.stop();
  return found;
}

/** The read model is rebuilt, and the new one takes over. */
export async function readsDuringRebuild(district: District, fault?: PlantedFault): Promise<Violation[]> {
  const projector = await district.projector(fault);
  const before = await district.writes();
  await district.desk.sees(projector.url, path(before.id), before);
  const rebuilding = yizhan(district.servers.home, ['rebuild', 'request', '--url', projector.url]);
  const found = await readsOwn(district, projector.url, rebuilding);
  const { output } = await rebuilding;
  await projector.stop();
  if (!output.includes('Rebuilt request')) found.push({ kind: 'refused', what: output });
  return found;
}

// One write and its read after the other, until the work is done and once more.
async function readsOwn(district: District, url: string, work: Promise<unknown>): Promise<Violation[]> {
  const found: Violation[] = [];
  const done = new AbortController();
  const ending = work.finally(() => done.abort());
  for (let last = false; !last;) {
    last = done.signal.aborted;
    const { id, token } = await district.writes();
    const seen = await district.desk.sees(url, path(id), { token });
    if (seen.status !== 200) found.push(older(id, seen));
  }
  await ending;
  return found;
}

const isOld = ({ body }: Answer) => !JSON.stringify(body).includes('永丰物业'); // without the assignment

const older = (id: string, { status, body }: Pick<Answer, 'status' | 'body'>): Violation => ({
  kind: 'changed',
  what: `${id} was read with the token of its write: ${status} ${JSON.stringify(body).slice(0, 200)}`,
});
