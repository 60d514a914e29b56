import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import { tokenFor } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { yizhan } from '../import/yizhan.process.js';
import { District, path } from './district.js';
import { poison } from './poison.js';

jest.setTimeout(300_000);

type Parked = { projection: string; stream: string; records: number };

await describeWith(
  'Kafka with PostgreSQL',
  () => District.start(),
  'what operators do about parked streams',
  (district) => {
    const { servers, desk } = district;
    let queries: string;
    let [mended, givenUp] = ['', ''];
    afterAll(() => district.stop());

    const cli = (...args: string[]) => yizhan(servers.home, ['parked', ...args, '--url', queries]);
    const listed = async () => {
      const all = JSON.parse((await cli('list', '--json')).output) as Parked[];
      return all.filter(({ projection }) => projection === 'request');
    };
    const sql = async (text: string, values: unknown[] = []) => {
      const client = new Client(servers.postgres.url);
      await client.connect();
      return client.query<Record<string, unknown>>(text, values).finally(() => client.end());
    };
    const shown = (stream: string) => desk.read(queries, path(stream.slice('request-'.length)));

    beforeAll(async () => {
      const [projector] = await Promise.all([district.projector(), servers.start('relay')]);
      queries = projector.url;
      mended = (await poison(servers.eventStoreUrl)).stream;
      givenUp = (await poison(servers.eventStoreUrl)).stream;
      for (const until = Date.now() + 60_000; Date.now() < until; await sleep(300))
        if ((await listed()).filter(({ records }) => records === 2).length === 2) return;
    });

    it('is to read them, on the command line and over HTTP', async () => {
      const table = await cli();
      expect([table.code, table.output]).toEqual([0, expect.stringContaining(mended)]);
      const authorization = `Bearer ${await tokenFor(servers.home, 'admin')}`;
      const answer = await fetch(`${queries}/v1/parked`, { headers: { authorization } });
      const { items } = (await answer.json()) as { items: Parked[] };
      for (const stream of [mended, givenUp])
        expect(items).toContainEqual(expect.objectContaining({ projection: 'request', stream, records: 2 }));
    });

    it('is to retry, in vain while the mistake is there', async () => {
      const { code, errors } = await cli('retry', 'request', mended);
      expect([code, errors]).toEqual([1, expect.stringContaining('409')]);
      expect((await listed()).find(({ stream }) => stream === mended)?.records).toBe(2);
      expect((await shown(mended)).status).toBe(404);
    });

    it('is to retry, and both records are applied once it is mended', async () => {
      await sql(
        `update projection_parked broken
         set record = jsonb_set(broken.record::jsonb, '{value}', whole.record::jsonb -> 'value')
         from projection_parked whole
         where broken.stream = $1 and whole.stream = $1 and broken.projection = whole.projection
           and broken.position < whole.position`,
        [mended],
      );
      const { code, output } = await cli('retry', 'request', mended);
      expect([code, output]).toEqual([0, `Applied 2 records of ${mended} to request.\n`]);
      expect(await shown(mended)).toMatchObject({ status: 200, body: { summary: '楼前结冰' } });
      expect((await listed()).map(({ stream }) => stream)).toEqual([givenUp]);
    });

    it('is to give up, with a reason that is kept', async () => {
      expect((await cli('discard', 'request', givenUp)).code).toBe(2);
      const reason = '导入有误，已手工更正';
      const { code, output } = await cli('discard', 'request', givenUp, '--reason', reason);
      expect([code, output]).toEqual([0, `Discarded 2 records of ${givenUp} from request.\n`]);
      expect(await listed()).toEqual([]);
      expect((await shown(givenUp)).status).toBe(404);
      const { rows } = await sql('select stream, reason from projection_discarded');
      expect(rows).toEqual([
        { stream: givenUp, reason },
        { stream: givenUp, reason },
      ]);
      const again = await cli('discard', 'request', givenUp, '--reason', reason);
      expect([again.code, again.errors]).toEqual([1, expect.stringContaining('404')]);
    });
  },
);
