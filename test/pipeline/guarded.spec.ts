import { jest } from '@jest/globals';
import { describeWith } from '../servers/describe-with.fixture.js';
import { Desk } from './desk.js';
import { path, station } from './district.js';
import { startServers } from './pipeline.process.js';

jest.setTimeout(300_000);

const guarded = () => startServers({ login: 'SCRAM-SHA-512' });

await describeWith(
  'Kafka with PostgreSQL',
  guarded,
  'a district whose broker wants TLS and a login',
  (servers) => {
    afterAll(() => servers.stop());

    it('is carried and projected by processes that have the settings for it', async () => {
      const [commands, relay, queries] = await Promise.all([
        servers.start('commands'),
        servers.start('relay'),
        servers.start('queries'),
      ]);
      const desk = new Desk(servers.home, commands.url);
      await desk.open(station);
      const { body, token } = await desk.log(station, '楼前结冰');
      expect((await desk.sees(queries.url, path(body.id), { token })).status).toBe(200);
      expect(await Promise.all([commands.stop(), relay.stop(), queries.stop()])).toEqual([0, 0, 0]);
    });
  },
);
