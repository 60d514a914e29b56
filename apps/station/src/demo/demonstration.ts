import { auditor, printed, stations, zhang } from './cast.js';
import { dayToPlay } from './clock.js';
import { day } from './day.js';
import { type DemoFile, readPlaybill, removeDemo, writeDemo, writePlaybill } from './demo.files.js';
import { keyRing } from './key-ring.js';
import { play } from './player.js';
import { progressLine, summary } from './programme.js';

const validFor = '30d';
const [{ code, district }] = stations;
const logbook = `/v1/stations/${code}/logbook?limit=1`;

// What people and scripts open first has the whole day.
const shown = [
  logbook,
  '/v1/requests?limit=1',
  `/v1/districts/${encodeURIComponent(district)}/statistics`,
  `/v1/districts/${encodeURIComponent(district)}/rates`,
];

/**
 * Plays the day on a running station, once in the life of its home: what was broken off is taken up with the same keys on
 * the same day, what was played to its end is not played again. Then says how to use it, and writes demo.json.
 */
export async function demonstrate(home: string, url: string, signal: AbortSignal): Promise<void> {
  await removeDemo(home);
  const token = await keyRing(home, validFor);
  const bill = await readPlaybill(home);
  if (!bill?.played || !(await holdsRequests(url, await token(zhang)))) {
    const date = bill && !bill.played ? bill.day : dayToPlay(new Date());
    await writePlaybill(home, { day: date, played: false });
    const seen = await play(day, { url, day: date, token, tell: progressLine(), signal });
    const waiting = { 'consistency-token': seen, prefer: 'wait=30' };
    for (const path of shown) await read(url, path, await token(auditor), waiting);
    await writePlaybill(home, { day: date, played: true });
  }
  const file: DemoFile = {
    url,
    docs: `${url}/docs`,
    stations: stations.map(({ code, name, community, street, district }) => ({
      code,
      name,
      community,
      street,
      district,
    })),
    tokens: Object.fromEntries(
      await Promise.all(printed.map(async (player) => [player.role, await token(player)] as const)),
    ),
  };
  await writeDemo(home, file);
  process.stdout.write(summary(file, printed, home));
}

async function holdsRequests(url: string, token: string): Promise<boolean> {
  return (await read(url, logbook, token)).items.length > 0;
}

async function read(url: string, path: string, token: string, more: Record<string, string> = {}) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}`, ...more } });
  const answer = (await response.json()) as { items: object[]; detail?: string };
  if (response.status === 404) return { items: [] }; // the station is not open yet
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${answer.detail ?? ''}`);
  return answer;
}
