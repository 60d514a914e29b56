import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { yizhan } from '../import/yizhan.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { topicLosses } from './broker-runs.js';
import { District } from './district.js';
import { runOn } from './pipeline-run.js';
import { rowsOfAll } from './read-models.js';

jest.setTimeout(300_000);

/** One address before several processes, each asked in its turn: as a gateway does. */
async function inTurn(urls: string[]): Promise<{ url: string; asked: () => number; close: () => void }> {
  let asked = 0;
  const ask = async ({ method = 'GET', url, headers }: IncomingMessage, answer: ServerResponse) => {
    const { authorization = '' } = headers;
    const to = urls[(asked += 1) % urls.length] + String(url);
    const response = await fetch(to, { method, headers: { authorization } });
    answer.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? '' });
    answer.end(await response.text());
  };
  const server = createServer((request, answer) => void ask(request, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    close: () => (server.closeAllConnections(), void server.close()),
  };
}

await describeWith(
  'Kafka with PostgreSQL',
  () => District.start(),
  'a rebuild in a district with two projecting processes',
  (district) => {
    const { servers } = district;
    afterAll(() => district.stop());

    it('goes its way after Kafka lost the topics, whichever process is asked how far it is', async () => {
      expect((await topicLosses(runOn(district, 1))).violations).toEqual([]);
      await servers.start('relay');
      const both = await Promise.all([district.projector(), district.projector()]);
      const last = await district.writes();
      for (const { url } of both)
        expect((await district.desk.sees(url, `/v1/requests/${last.id}`, last)).status).toBe(200);
      const gateway = await inTurn(both.map(({ url }) => url));
      const rebuilding = yizhan(servers.home, ['rebuild', 'request', '--url', gateway.url]);
      const { code, output } = await rebuilding.finally(() => gateway.close());
      expect([code, output]).toEqual([0, expect.stringMatching(/^Rebuilt request from [1-9]\d* events/)]);
      expect(gateway.asked()).toBeGreaterThan(2); // so more than one of them was asked
      const tables = Object.entries(await rowsOfAll(servers.postgres.url));
      const of = (pattern: RegExp) => tables.find(([name]) => pattern.test(name))?.[1];
      expect(of(/^request_\d+$/)).toEqual(of(/^request_\d+_old$/));
    });
  },
);
