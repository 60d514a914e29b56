import { Logger } from '@nestjs/common';
import { claimDue, dueProjection } from '#agenda';
import { NotWritten, type Recorded } from '#event-sourcing';
import { type Projections, openDatabase, runProjections } from '#read-store';
import { type SpecDatabase, databases } from '../../../../libs/read-store/src/spec/databases.js';
import { AGENDA_URL, Agenda } from '../agenda/agenda.js';
import { DeadlineSteps } from './deadline.steps.js';
import { Ticker } from './ticker.js';
import { Village } from './village.fixture.js';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
// So long ago that by the database's clock, which is the real one, everything has passed.
const longAgo = '2025-09-29T02:00:00.000Z';
const ids = Array.from({ length: 25 }, (_, index) => `YFXJ-250929-${String(index).padStart(5, '0')}`);

const brief = ({ type, data }: { type: string; data: object }) =>
  [type, ...['kind', 'to', 'by'].map((field) => (data as Record<string, string>)[field])]
    .filter(Boolean)
    .join(' ');

/** What becomes of a request that everybody forgets. */
const everyStep = [
  'RequestLogged',
  'DeadlineNeared acceptance',
  'DeadlineNeared first-contact',
  'Escalated community',
  'DeadlineNeared resolution',
  'Escalated street',
  'Supervised resolution street',
  'Escalated district',
  'Supervised resolution district',
];

describe.each(databases)('tickers on $name', ({ name, start }) => {
  let server: SpecDatabase | undefined;
  let village: Village;
  let projecting: Projections | undefined;

  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => server?.stop());
  beforeEach(async () => {
    village = new Village({ now: longAgo });
    for (const id of ids) await village.log(id);
    if (server) await project();
  }, 60_000);
  afterEach(async () => {
    await village.end();
    await projecting?.stop();
    const database = openDatabase(server?.url ?? '', () => {});
    if (server) await database.query('drop schema public cascade; create schema public');
    await database.end();
  }, 60_000);

  const withServer = (name: string, work: () => Promise<void>) =>
    it(
      name,
      async () => {
        if (server) await work();
      },
      120_000,
    );

  async function project(): Promise<void> {
    const database = openDatabase(server?.url ?? '', () => {});
    projecting = runProjections({ projections: [dueProjection], feed: village.feed, database, log: silent });
    const stop = projecting.stop.bind(projecting);
    projecting.stop = async () => {
      await stop();
      await database.end();
    };
  }

  // A step that comes back would have its row claimed a second time.
  async function stopProjecting(): Promise<void> {
    await projecting?.servedWithin('due', 60_000);
    await projecting?.stop();
  }

  const ticking = async () =>
    (await village.start({ provide: AGENDA_URL, useValue: server?.url }, Agenda, DeadlineSteps, Ticker)).get(
      Ticker,
    );
  const steps = () => village.all.filter(({ type }) => type !== 'DeadlineSet').map(brief);

  /** Until every step was taken, and then as long again as that took. */
  async function settled(): Promise<void> {
    const begun = Date.now();
    while (village.all.filter(({ type }) => type === 'Supervised').length < 2 * ids.length) await breath();
    for (const until = Date.now() + (Date.now() - begun); Date.now() < until;) await breath();
  }

  // The embedded database has one session: there claims follow one another.
  if (name === 'PostgreSQL') {
    withServer('pass over what another one holds, and do not wait for it', async () => {
      await projecting?.servedWithin('due', 60_000);
      const database = openDatabase(server?.url ?? '', () => {});
      const [held, passed]: [string[], string[]] = [[], []];
      await claimDue(database, async ({ request }) => {
        held.push(request);
        if (held.length > 1) return;
        await claimDue(database, async ({ request: other }) => void passed.push(other));
      });
      await database.end();
      expect(held.toSorted()).toEqual(ids);
      expect(passed).toEqual(held.slice(-passed.length));
      expect(passed).toHaveLength(ids.length - 10);
    });
  }

  withServer('take each step once, in order, two of them at once', async () => {
    await Promise.all([ticking(), ticking()]);
    await settled();
    for (const id of ids) expect((await village.lifeOf(id)).map(brief)).toEqual(everyStep);
  });

  withServer(
    'say how late they were, and which rule it was, under an id that derives from the step',
    async () => {
      await ticking();
      await settled();
      const life = (await village.lifeOf(ids[0] ?? '')) as Recorded[];
      const [called, warned] = life.slice(3) as [Recorded, Recorded];
      expect(called).toMatchObject({
        data: { trigger: 'deadline', deadline: { kind: 'acceptance', dueAt: '2025-09-30T02:00:00.000Z' } },
        metadata: {
          actor: { subject: 'when-deadline-passes-then-escalate', name: '到期升级', role: 'policy' },
        },
      });
      // A village's own clock stands still; the database's does not.
      const { lateBy: late } = warned.data as { lateBy: number };
      expect(late).toBeGreaterThan((Date.now() - Date.parse(longAgo)) / 1_000 - 30 * 86_400);
      expect(called.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    },
  );

  withServer('go on after a stop of days with what was not taken before it, and say how late', async () => {
    await stopProjecting();
    const then = (await village.start(DeadlineSteps)).get(DeadlineSteps);
    const database = openDatabase(server?.url ?? '', () => {});
    // Each as soon as it was due, until the process stopped.
    await claimDue(database, async ({ request, steps }) => {
      for (const step of steps.slice(0, ids.indexOf(request) % (steps.length + 1))) {
        await then.take({ request, now: step.at, steps: [step] });
      }
    });
    await database.end();
    await village.end();
    const before = await Promise.all(ids.map(async (id) => (await village.lifeOf(id)).length));
    const begun = Date.now();
    await project();
    await Promise.all([ticking(), ticking()]);
    await settled();
    expect(new Set(before)).toEqual(new Set([1, 2, 3, 4, 5, 7, 9]));
    for (const [index, id] of ids.entries()) {
      const life = await village.lifeOf(id);
      expect(life.map(brief)).toEqual(everyStep);
      for (const [step, event] of life.entries()) {
        if (step === 0) continue;
        const { at, lateBy } = takenIn(event);
        const [soonest, latest] = [begun, Date.now()].map((now) => (now - Date.parse(at)) / 1_000);
        if (step < (before[index] ?? 0)) expect(lateBy).toBe(0);
        else expect(lateBy >= Math.floor(soonest ?? NaN) - 1 && lateBy <= (latest ?? NaN) + 1).toBe(true);
      }
    }
  });

  withServer('hold nobody back for one whose history cannot be read, and say so once', async () => {
    const [torn = '', other = ''] = ids;
    const read = village.read.bind(village);
    const attempts: string[] = [];
    village.read = async (stream) => {
      if (!stream.endsWith(torn)) return read(stream);
      attempts.push(stream);
      throw new Error('an event of it is torn');
    };
    const said: string[] = [];
    const ticker = await ticking();
    Logger.overrideLogger({ log: () => {}, error: () => {}, warn: (line: string) => said.push(line) });
    while ((await village.lifeOf(other)).length < everyStep.length || attempts.length < 3) {
      await ticker.tick();
      await breath();
    }
    expect(said).toEqual([`${torn}: warn waits: an event of it is torn`]);

    village.read = read;
    await settled();
    for (const id of ids) expect((await village.lifeOf(id)).map(brief)).toEqual(everyStep);
  });

  withServer('wait together while nothing can be stored', async () => {
    let full = true;
    const append = village.append.bind(village);
    let refused = 0;
    village.append = async (...call) => {
      if (!full) return append(...call);
      refused += 1;
      throw new NotWritten('The event store is full: nothing was written');
    };
    await projecting?.servedWithin('due', 60_000);
    const ticker = await ticking();
    await expect(ticker.tick()).rejects.toThrow(NotWritten);
    expect(refused).toBeLessThan(ids.length);
    full = false;
    await settled();
    for (const id of ids) expect((await village.lifeOf(id)).map(brief)).toEqual(everyStep);
  });

  withServer(
    'take nothing again after a restart, nor when what is due is read anew from the beginning',
    async () => {
      await ticking();
      await settled();
      const before = steps();
      await village.end();
      await projecting?.stop();
      const database = openDatabase(server?.url ?? '', () => {});
      await database.query('drop schema public cascade; create schema public');
      await database.end();
      await Promise.all([ticking(), ticking()]); // before there is anything to read
      await project();
      await (await ticking()).tick();
      await breath();
      expect(steps()).toEqual(before);
    },
  );
});

/** When a step was due (ISO 8601), and the seconds it came late. */
function takenIn({ data }: { data: object }): { at: string; lateBy: number } {
  const { deadline, ...own } = data as {
    at: string;
    lateBy: number;
    deadline?: { at: string; lateBy: number };
  };
  return deadline ?? own;
}

const breath = () => new Promise((resolve) => setTimeout(resolve, 200));
