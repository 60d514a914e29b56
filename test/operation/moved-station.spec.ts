import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeProcess } from '../embedded-event-store/node-process.js';
import { yizhan } from '../import/yizhan.process.js';
import { endProcesses, startStation, temporaryHome } from '../processes/station.process.js';
import { contentOf } from './mixed-store.fixture.js';
import { answersOf, logRequests, openTown } from './town.fixture.js';

const patience = 300_000; // milliseconds: a busy machine takes its time to start processes

afterAll(endProcesses);

describe('a station that moves', () => {
  it(
    'to another event store, and back into a home, answers the same to the byte',
    async () => {
      const station = await startStation();
      await openTown(station);
      const ids = await logRequests(station, 9);
      const answers = await answersOf(station, ids);
      expect(Object.values(answers).filter((answer) => answer.startsWith('200 ')).length).toBeGreaterThan(20);
      const events = await contentOf(await station.eventStoreUrl());

      const node = await startNodeProcess({ directory: join(await temporaryHome(), 'node') });
      const elsewhere = node.first.connectionString!;
      const moved = await yizhan(station.home, ['copy-events', '--to', elsewhere]); // from the station that runs
      expect(moved.code).toBe(0);
      expect(moved.output).toContain(`Compared ${events.length} events on both sides: all the same.`);
      expect(await station.stop()).toBe(0);
      const rest = await yizhan(station.home, ['copy-events', '--to', elsewhere, '--json']); // from its home's own node
      expect(JSON.parse(rest.output)).toMatchObject({ events: 0, present: events.length, newer: 0 });

      const home = await temporaryHome();
      await cp(join(station.home, 'access'), join(home, 'access'), { recursive: true });
      const second = await startStation({ home, env: { EVENTSTORE_URL: elsewhere } });
      expect(await answersOf(second, ids)).toEqual(answers);
      await second.stop();

      const back = await temporaryHome();
      await cp(join(station.home, 'access'), join(back, 'access'), { recursive: true });
      expect((await yizhan(back, ['copy-events', '--from', elsewhere, '--to', 'home'])).code).toBe(0);
      await node.kill();
      const third = await startStation({ home: back });
      expect(await answersOf(third, ids)).toEqual(answers);
      expect(await contentOf(await third.eventStoreUrl())).toEqual(events);
      await third.stop();
    },
    patience,
  );
});
