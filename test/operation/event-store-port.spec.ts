import { once } from 'node:events';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { EventStoreDBClient } from '@eventstore/db-client';
import { endProcesses, launchStation, startStation } from '../processes/station.process.js';
import { freePort } from './free-port.js';
import { openTown } from './town.fixture.js';

afterAll(endProcesses);

const patience = 180_000; // milliseconds: a busy machine takes its time to start processes

describe('YIZHAN_EVENTSTORE_PORT', () => {
  it(
    'opens the node where any client finds it',
    async () => {
      const port = await freePort();
      const station = await startStation({ env: { YIZHAN_EVENTSTORE_PORT: String(port) } });
      expect(await station.eventStoreUrl()).toBe(`esdb://127.0.0.1:${port}?tls=false`);
      await openTown(station);
      const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);
      const types: string[] = [];
      for await (const { event } of client.readStream('station-YFXJ')) types.push(event?.type ?? '');
      await client.dispose();
      expect(types).toEqual(['StationOpened']);
      expect(await station.stop()).toBe(0);
    },
    patience,
  );

  it(
    'stops the start with one line when another program has the port',
    async () => {
      const other: Server = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const station = await launchStation({ env: { YIZHAN_EVENTSTORE_PORT: String(port) } });
      expect(await station.exited).toBe(1);
      expect(station.output()).toMatch(
        new RegExp(`^yizhan-station: Port ${port} on 127\\.0\\.0\\.1 cannot be opened: .*\\n$`),
      );
      other.close();
    },
    patience,
  );

  it(
    'stops the start with one line where EVENTSTORE_URL names another node',
    async () => {
      const env = { YIZHAN_EVENTSTORE_PORT: '2113', EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false' };
      const station = await launchStation({ env });
      expect(await station.exited).toBe(1);
      expect(station.output()).toMatch(/^yizhan-station: YIZHAN_EVENTSTORE_PORT .* EVENTSTORE_URL .*\n$/);
    },
    patience,
  );
});
