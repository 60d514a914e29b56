import { setTimeout as pause } from 'node:timers/promises';
import type { StationProcess } from '../processes/station.process.js';

export const town = {
  code: 'YFXJ',
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
  timeZone: 'Asia/Shanghai',
};
const volunteer = ['volunteer', { station: town.code }] as const;

export type Address = Pick<StationProcess, 'url' | 'token'>;

/** Opens the station. */
export async function openTown(station: Address): Promise<void> {
  await post(station, '/v1/stations', town, await station.token('admin'));
}

/** Requests in several states, some entered later than they happened; gives their numbers. */
export async function logRequests(station: Address, count: number, from = 0): Promise<string[]> {
  const token = await station.token(...volunteer);
  const ids: string[] = [];
  for (let number = from; number < from + count; number += 1) {
    const { id } = await post(station, '/v1/requests', logged(number), token);
    ids.push(id);
    if (number % 3 === 0) continue;
    const to = { id: 'yangguang-wuye', kind: 'property', name: '阳光物业' };
    await post(station, `/v1/requests/${id}/assignment`, { to }, token);
    if (number % 3 === 2)
      await post(station, `/v1/requests/${id}/resolution`, { outcome: '物业已清理' }, token);
  }
  return ids;
}

const logged = (number: number) => ({
  summary: `${number + 1}号楼前路面结冰`,
  category: '扫雪除冰',
  channel: 'walk-in',
  place: { building: `${number + 1}号楼` },
  ...(number % 2 === 1
    ? { occurredAt: `2026-01-${String((number % 28) + 1).padStart(2, '0')}T08:30:00+08:00` }
    : {}),
});

async function post({ url }: Address, path: string, body: object, token: string): Promise<{ id: string }> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

/** What a station answers, status and body to the byte; waits until its read models hold these requests as they are. */
export async function answersOf(station: Address, ids: readonly string[]): Promise<Record<string, string>> {
  const token = await station.token('supervisor', { district: town.district });
  const ask = async (path: string): Promise<string> => {
    const response = await fetch(station.url + path, { headers: { authorization: `Bearer ${token}` } });
    const body = await response.text();
    // A refusal carries the id of the asking, which is another each time.
    return response.ok ? `${response.status} ${body}` : String(response.status);
  };
  const list = '/v1/requests?limit=200';
  const json = async (path: string) => JSON.parse((await ask(path)).slice('200 '.length) || '{}');
  const isThere = async (id: string): Promise<boolean> => {
    const { events } = await json(`/v1/requests/${id}/history`); // from the event store itself
    return (await json(`/v1/requests/${id}`)).revision === events.at(-1).revision;
  };
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
    if ((await Promise.all(ids.map(isThere))).every(Boolean)) break;
  }
  const paths = ids.flatMap((id) => [
    `/v1/requests/${id}`,
    `/v1/requests/${id}/history`,
    `/v1/requests/${id}?at=2026-02-01T00:00:00Z`,
    ...[0, 1, 2, 3].map((revision) => `/v1/requests/${id}?revision=${revision}`),
  ]);
  const answers: Record<string, string> = {};
  for (const path of [list, '/v1/requests?limit=200&open=true', ...paths]) answers[path] = await ask(path);
  return answers;
}
