import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { parse } from 'csv-parse';
import { shippedPolicy } from '#policies';
import { type Answered, clientOf, knowing } from '../http/client.js';
import { allLives } from '../http/lives.js';
import { here, type Town, townAt } from '../http/town.js';
import { describeWithData } from '../import/real-data.fixture.js';
import { type Figures, yizhan } from '../import/yizhan.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { BothFeeds } from './both-feeds.js';
import { rowsOfAll } from './read-models.js';

jest.setTimeout(600_000);

const rows = 2_000; // some 9,000 events: the whole year would take minutes and say no more

await describeWith('Kafka with PostgreSQL', BothFeeds.start, 'the two feeds of a district', (feeds) => {
  const { servers } = feeds;
  let town: Town;
  beforeAll(async () => {
    town = await townAt(feeds.commands, servers.eventStoreUrl);
  });
  afterAll(async () => {
    await town.events.dispose();
    await feeds.stop();
  });

  const newest = async () => `${await town.events.head()}@request-1`;

  /** What the read side answers behind each of the feeds. */
  const answers = async (path: string): Promise<[string, string]> => {
    const as = await town.token('auditor');
    const [one, other] = await Promise.all(
      [feeds.behindKafka, feeds.behindAll].map(({ url }) => clientOf(url).get(path, { as })),
    );
    expect([path, one?.status]).toEqual([path, 200]);
    return [timeless(one?.text), timeless(other?.text)];
  };

  it('bring what happens to requests into the same rows, and into answers of the same bytes', async () => {
    const ids = await allLives(town);
    expect(await feeds.differences(await newest())).toEqual([]);
    const district = `/v1/districts/${encodeURIComponent(here.district)}`;
    const paths = [
      ...ids.flatMap((id) => ['', '/history', '/deadlines'].map((part) => `/v1/requests/${id}${part}`)),
      ...['logbook?limit=200', 'callbacks', 'today'].map((part) => `/v1/stations/${here.code}/${part}`),
      ...['statistics', 'statistics.svg', 'callbacks', 'rates', 'rates/evidence?rate=resolution'].map(
        (part) => `${district}/${part}`,
      ),
      '/v1/requests?limit=200',
      '/v1/stations',
      '/v1/districts',
    ];
    const different = [];
    for (const path of paths) {
      let [one, other] = await answers(path);
      if (one !== other) [one, other] = await answers(path); // a minute may have ended between the two
      if (one !== other) different.push({ path, one, other });
    }
    expect(different).toEqual([]);
  });

  it('show a policy and what is computed with it to whoever waits for it', async () => {
    const district = `/v1/districts/${encodeURIComponent(here.district)}`;
    const policy = { ...absentLeftOut(shippedPolicy), from: today() };
    const published = await town.post(`${district}/policies`, policy, { as: town.tokens.admin });
    expect([published.status, published.text]).toEqual([200, expect.any(String)]);
    const as = await town.token('auditor');
    const rates = ({ url }: { url: string }, asOf: string, write: string | Answered) =>
      clientOf(url).get(`${district}/rates${asOf}`, { as, headers: knowing(write) });
    const behindKafka = await rates(feeds.behindKafka, '', published);
    expect(behindKafka.body).toMatchObject({ policy: { version: `${here.district}@1` } });
    // The publication has consequences that still come in: the other one is asked as of the same position.
    const { position } = behindKafka.body['asOf'] as { position: string };
    const behindAll = await rates(feeds.behindAll, `?asOf=${position}`, `${position}@request-1`);
    expect([behindKafka.status, behindKafka.text]).toEqual([200, behindAll.text]);
  });

  describeWithData('of real records', ['nyc_council_casework_2022.csv'], ([file = '']) => {
    it('bring all of them into the same rows', async () => {
      const beginning = join(servers.home, 'beginning.csv');
      await writeFile(beginning, await firstRows(file, rows));
      const env = { EVENTSTORE_URL: servers.eventStoreUrl };
      const command = ['import', '--profile', 'casework', '--json', beginning];
      const { lines } = await yizhan(servers.home, command, env);
      const { accepted, ...figures } = JSON.parse(lines.at(-1) ?? '') as Figures;
      expect(figures).toMatchObject({ rows, quarantined: 0 });
      expect(await feeds.differences(await newest())).toEqual([]);
      const tables = Object.entries(await rowsOfAll(servers.postgres.url));
      const requests = tables.find(([name]) => /^request_\d+$/.test(name))?.[1];
      expect(requests?.length).toBeGreaterThan(accepted);
    });
  });
});

/** A policy as it is published: absent is absent at the door. */
const absentLeftOut = (policy: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(policy, (_, value: unknown) => value ?? undefined)) as Record<string, unknown>;

/** The day in Shanghai. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Without what an answer about deadlines, or a day, says of the moment it was asked in. */
const timeless = (text = ''): string =>
  text
    .replace(/("(?:id|day)":"[^"]+","at":)"[^"]+"/, '$1null')
    .replaceAll(/("ifResumedNow":)"[^"]+"/g, '$1null')
    .replaceAll(/("to":null,"acceptedAt":[^,]+,"seconds":)\d+/g, '$1null');

/** The first rows of a CSV as they stand, header and all; a cell may hold line ends. */
async function firstRows(file: string, count: number): Promise<string> {
  const records = createReadStream(file).pipe(parse({ raw: true, to: count + 1 }));
  const texts: string[] = [];
  for await (const { raw } of records as AsyncIterable<{ raw: string }>) texts.push(raw);
  return texts.join('');
}
