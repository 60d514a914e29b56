import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { eventsFolder } from '#station-home';
import { clientOf } from '../http/client.js';
import { openEventLog } from '../http/event-log.js';
import { here, ice, tokensAt } from '../http/town.js';
import {
  endProcesses,
  launchStation,
  startStation,
  type StationProcess,
  temporaryHome,
} from '../processes/station.process.js';

afterAll(endProcesses);

describe('a station', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes on %s what it accepted, ends with 0, and loses nothing it acknowledged',
    async (signal) => {
      const station = await startStation();
      const acknowledged = await underLoad(station, async () => {
        expect(await station.stop(signal)).toBe(0);
      });
      expect(station.output()).not.toMatch(/"level":"(error|fatal)"/);
      await stillThere(station.home, acknowledged);
    },
    300_000,
  );

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends in order on %s while it starts as well, and starts again',
    async (signal) => {
      const launched = await launchStation();
      const { home } = launched;
      while (!existsSync(eventsFolder(home))) await pause(5);
      launched.signal(signal);
      expect(await launched.exited).toBe(0);
      expect(launched.stderr()).toBe('');
      expect(await readdir(home)).not.toContain('station.json');
      const again = await startStation({ home });
      expect(await again.stop()).toBe(0);
    },
    300_000,
  );

  it('loses nothing it acknowledged when it is killed', async () => {
    const station = await startStation();
    const acknowledged = await underLoad(station, () => station.kill());
    await stillThere(station.home, acknowledged);
  }, 300_000);
});

describe('a start that cannot be', () => {
  it('says in one line that another process has the home, and leaves that one alone', async () => {
    const station = await startStation();
    const second = await launchStation({ home: station.home });
    expect(await second.exited).toBe(1);
    expect(second.stderr().trim().split('\n')).toEqual([expect.stringContaining(station.home)]);
    expect((await fetch(`${station.url}/health/ready`)).status).toBe(200);
    expect(await station.stop()).toBe(0);
  }, 240_000);

  it('says in one line that the port is taken', async () => {
    const server = (await import('node:net')).createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const launched = await launchStation({ env: { PORT: `${port}` } });
    expect(await launched.exited).toBe(1);
    expect(launched.stderr().trim().split('\n')).toEqual([expect.stringContaining(`${port}`)]);
    server.close();
  }, 240_000);

  const wrong: [string, Record<string, string>][] = [
    ['PORT', { PORT: 'eighty' }],
    ['PORT', { PORT: '65536' }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'http://127.0.0.1:2113' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://127.0.0.1' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['KAFKA_BROKERS', { KAFKA_BROKERS: '127.0.0.1:9092' }],
    ['OIDC_AUDIENCE', { OIDC_ISSUER: 'https://issuer.example' }],
    ['YIZHAN_HOEM', { YIZHAN_HOEM: '/tmp' }],
  ];
  it.each(wrong)(
    'names the setting %s that is wrong: %j',
    async (name, env) => {
      const launched = await launchStation({ env });
      expect(await launched.exited).toBe(1);
      expect(launched.output().trim().split('\n')).toEqual([expect.stringContaining(name)]);
    },
    120_000,
  );

  it.each([
    ['commands', 'EVENTSTORE_URL', {}],
    ['queries', 'EVENTSTORE_URL', {}],
    ['queries', 'DATABASE_URL', { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' }],
  ] as const)(
    '%s alone says that it needs %s',
    async (app, name, env) => {
      const launched = await launchStation({ app, env: { ...env } });
      expect(await launched.exited).toBe(1);
      expect(launched.output().trim().split('\n')).toEqual([expect.stringContaining(`${name} is needed`)]);
    },
    120_000,
  );

  it('begins on a home that does not exist yet', async () => {
    const home = `${await temporaryHome()}/of/its/own`;
    const station = await startStation({ home });
    expect(await station.stop()).toBe(0);
  }, 240_000);
});

/** Logs requests from eight clients until the station is gone; the numbers of those it answered for. */
async function underLoad(station: StationProcess, end: () => Promise<void>): Promise<string[]> {
  const client = clientOf(station.url);
  const { admin, volunteer } = await tokensAt(station.home, here);
  await client.post('/v1/stations', here, { as: admin });
  const acknowledged: string[] = [];
  const over = new AbortController();
  const write = async () => {
    while (!over.signal.aborted) {
      const answer = await client.post('/v1/requests', ice, { as: volunteer }).catch(() => undefined);
      if (answer === undefined) return; // the connection is gone: nothing was promised
      if (answer.status === 201) acknowledged.push(answer.body.id);
      else expect(answer.status).toBe(503);
    }
  };
  const writers = Array.from({ length: 8 }, write);
  while (acknowledged.length < 50) await pause(5);
  await end();
  over.abort();
  await Promise.all(writers);
  return acknowledged;
}

async function stillThere(home: string, ids: string[]): Promise<void> {
  const again = await startStation({ home });
  const events = openEventLog(await again.eventStoreUrl());
  expect(ids.length).toBeGreaterThanOrEqual(50);
  for (const id of ids) {
    const types = (await events.of(`request-${id}`)).map(({ type }) => type);
    expect([id, ...types]).toEqual([id, 'RequestLogged', ...Array(3).fill('DeadlineSet')]);
  }
  await events.dispose();
  expect(await again.stop()).toBe(0);
}
