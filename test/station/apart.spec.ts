import { clientOf, knowing } from '../http/client.js';
import { elsewhere, here, ice, property, succeeded, tokensAt } from '../http/town.js';
import {
  endProcesses,
  launchStation,
  startStation,
  type StationProcess,
} from '../processes/station.process.js';
import { root } from '../processes/spawned.process.js';
import { type StartedPostgres, startPostgres } from '../postgres/start-postgres.js';

const naming = ['--import', `${root}/test/station/loaded-modules.js`];
const embedded = /^loaded (\S*\/embedded-event-store\/\S*|node:sqlite)$/m;
const kafkajs = /^loaded \S*\/kafkajs\/\S*$/m;
const unexpected = (process: { output: () => string }) => embedded.exec(process.output())?.[0];

let station: StationProcess;
let postgres: StartedPostgres | undefined;
beforeAll(async () => {
  station = await startStation({ nodeArgs: naming });
}, 240_000);
afterAll(async () => {
  await endProcesses();
  await postgres?.stop();
});

describe('with an event store of its own address', () => {
  it('a station loads the embedded node only where it is needed', async () => {
    expect(unexpected(station)).toMatch(/embedded-event-store/); // what is looked for below can be found
    const other = await startStation({
      env: { EVENTSTORE_URL: await station.eventStoreUrl() },
      nodeArgs: naming,
    });
    expect(unexpected(other)).toBeUndefined();
    const { admin } = await tokensAt(other.home, here);
    succeeded(await clientOf(other.url).post('/v1/stations', elsewhere, { as: admin }));
    expect(await other.stop()).toBe(0);
  }, 300_000);

  it('a home is one station’s, whatever event store the other one has', async () => {
    const EVENTSTORE_URL = await station.eventStoreUrl();
    const second = await launchStation({ home: station.home, env: { EVENTSTORE_URL } });
    expect(await second.exited).toBe(1);
    const said = second.output().trim().split('\n');
    expect(said).toEqual([
      expect.stringMatching(/read models in .* are in use by process \d+: stop it first/),
    ]);
    expect((await fetch(`${station.url}/health/ready`)).status).toBe(200);
  }, 120_000);

  it('commands and queries in processes of their own make a journey together', async () => {
    const started = await startPostgres();
    if ('unavailable' in started) {
      if (process.env['CI'] === 'true') throw new Error(started.unavailable);
      process.stderr.write(`Not tested: PostgreSQL is not available here: ${started.unavailable}\n`);
      return;
    }
    postgres = started;
    const env = { EVENTSTORE_URL: await station.eventStoreUrl(), DATABASE_URL: postgres.url };
    const { home } = station;
    const commands = await startStation({
      app: 'commands',
      home,
      env: { EVENTSTORE_URL: env.EVENTSTORE_URL },
      nodeArgs: naming,
    });
    const queries = await startStation({ app: 'queries', home, env, nodeArgs: naming });
    const [write, read] = [clientOf(commands.url), clientOf(queries.url)];
    const { admin, volunteer } = await tokensAt(home, here);
    succeeded(await write.post('/v1/stations', here, { as: admin }));
    const logged = succeeded(await write.post('/v1/requests', ice, { as: volunteer }));
    const assigned = succeeded(
      await write.post(`/v1/requests/${logged.body.id}/assignment`, { to: property }, { as: volunteer }),
    );
    const seen = await read.get(`/v1/requests/${logged.body.id}`, {
      as: volunteer,
      headers: knowing(assigned),
    });
    expect(seen).toMatchObject({ status: 200, body: { status: 'assigned', holder: property } });
    expect((await write.get(`/v1/requests/${logged.body.id}`, { as: volunteer })).status).toBe(404);
    expect((await read.post('/v1/requests', ice, { as: volunteer })).status).toBe(404);
    expect([unexpected(commands), unexpected(queries)]).toEqual([undefined, undefined]);
    for (const { output } of [station, commands, queries]) expect(kafkajs.exec(output())).toBeNull();
    const relay = await launchStation({ app: 'relay', home, nodeArgs: naming });
    expect(await relay.exited).toBe(1); // nothing is set
    expect(relay.output()).toMatch(kafkajs); // what is looked for can be found
    expect([await commands.stop(), await queries.stop()]).toEqual([0, 0]);
  }, 300_000);
});
