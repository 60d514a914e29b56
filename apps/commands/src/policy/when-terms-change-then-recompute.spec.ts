import { jest } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { dueProjection } from '#agenda';
import { calendarStream, nationalCalendar } from '#calendar';
import type { EventStore } from '#event-store';
import { policyStream, shippedPolicy } from '#policies';
import {
  type EmbeddedPostgres,
  InMemoryFeed,
  type Projections,
  runProjections,
  startEmbeddedPostgres,
} from '#read-store';
import { type RequestEvent, requestStream } from '#requests';
import { Agenda } from '../agenda/agenda.js';
import { Village, property, station } from '../escalation/village.fixture.js';
import { StationDirectory } from '../station/station.directory.js';
import { TermsDirectory } from './terms.directory.js';
import { WhenTermsChangeThenRecompute } from './when-terms-change-then-recompute.policy.js';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const morning = '2026-11-16T02:00:00.000Z';
const after = (seconds: number) => new Date(Date.parse(morning) + seconds * 1_000).toISOString();
const [first, second, third] = ['YFXJ-261116-00001', 'YFXJ-261116-00002', 'YFXJ-261116-00003'] as const;

let postgres: EmbeddedPostgres;
let agenda: Agenda;
/** Whoever acts there counts by the policy that comes with the program. */
let village: Village;
/** What the projection has been told: the beginning of what the village has stored. */
let feed: InMemoryFeed;
let projecting: Projections | undefined;
let policy: WhenTermsChangeThenRecompute;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
}, 120_000);
afterAll(() => postgres.close());
beforeEach(async () => {
  village = new Village({ now: morning });
  await village.open();
  feed = new InMemoryFeed();
  agenda = new Agenda(postgres.connectionString);
  const store = village as unknown as EventStore;
  // Remembers nothing: here a second passes in no time.
  const terms = {
    of: (...asked: Parameters<TermsDirectory['of']>) => new TermsDirectory(store).of(...asked),
  };
  const bus = (await village.start()).get(CommandBus);
  policy = new WhenTermsChangeThenRecompute(
    agenda,
    new StationDirectory(store),
    terms as TermsDirectory,
    bus,
  );
});
afterEach(async () => {
  await projecting?.stop();
  projecting = undefined;
  await village.end();
  await agenda.database.query('drop schema public cascade; create schema public');
  await agenda.onApplicationShutdown();
});

/** The projection sees what was stored so far. */
async function project(): Promise<void> {
  feed.add(...village.all.slice(feed.events.length));
  const { database } = agenda;
  projecting ??= runProjections({ projections: [dueProjection], feed, database, log: silent });
  await projecting.waitFor('due', { position: BigInt(village.all.length), stream: '' }, 20_000);
}

const publish = () =>
  village.tell(policyStream('海淀区'), 'no_stream', [
    { type: 'PolicyPublished', data: { version: 1, from: '2026-01-01', note: null, policy: shippedPolicy } },
  ]);
const versionsOf = async (id: string) => {
  const found = await village.read<{ type: string; data: { kind?: string; policyVersion?: string } }>(
    requestStream(id),
  );
  const set = found.filter(({ type }) => type === 'DeadlineSet');
  return Object.fromEntries(set.map(({ data: { kind, policyVersion } }) => [kind, policyVersion]));
};
const now = { acceptance: '海淀区@1', 'first-contact': '海淀区@1', resolution: '海淀区@1' };

describe('when another policy holds, the open deadlines are counted again', () => {
  it('also of what was logged with the former one after the first look', async () => {
    await village.log(second);
    await publish();
    await project();
    expect(await policy.look(morning)).toBe(1);
    await village.log(first);
    await project();
    expect(await policy.look(after(5))).toBe(1);
    expect(await versionsOf(first)).toEqual(now);
  });

  it('and so they are when a calendar is published, what was before staying readable', async () => {
    const december = '2026-12-28T02:00:00.000Z';
    village.clock.now = december;
    await village.log(first);
    const year = { year: 2027, daysOff: [{ from: '2027-01-01', to: '2027-01-03', name: '元旦' }] };
    await village.tell(calendarStream(nationalCalendar), 'no_stream', [
      {
        type: 'CalendarPublished',
        data: { ...year, version: 1, note: null, makeUpDays: [], workingHours: null },
      },
    ]);
    await project();
    expect(await policy.look(december)).toBe(1);
    const set = (await village.read<RequestEvent>(requestStream(first))).filter(
      (event) => event.type === 'DeadlineSet' && event.data.kind === 'resolution',
    );
    expect(set.map(({ data }) => data)).toMatchObject([
      { dueAt: '2027-01-06T02:00:00.000Z', calendarVersion: 'default@0', provisional: true },
      { dueAt: '2027-01-07T02:00:00.000Z', calendarVersion: 'default@1' },
    ]);
  });

  it('but not of what has ended, nor of another district', async () => {
    const elsewhere = { ...station, code: 'ZGC2', district: '西城区' };
    await village.open(elsewhere);
    await village.log(first);
    await village.say(first, { type: 'Withdraw', data: { reason: '住户已自行解决' } });
    await village.log('ZGC2-261116-00001', elsewhere);
    await publish();
    await project();
    expect(await policy.look(morning)).toBe(0);
    expect((await versionsOf('ZGC2-261116-00001'))['resolution']).toBe('default@0');
  });

  it('also where they were set by the former one after they had been counted again', async () => {
    await village.log(first);
    await publish();
    await project();
    expect(await policy.look(morning)).toBe(1);
    await village.say(first, { type: 'Assign', data: { to: property } });
    await project();
    expect(await versionsOf(first)).toEqual({ ...now, acceptance: 'default@0' });
    await policy.look(after(5));
    expect(await versionsOf(first)).toEqual(now);
  });

  it('also of what was stored and could not be read yet, however long that took', async () => {
    await village.log(first);
    await publish();
    await project();
    await village.log(second);
    expect(await policy.look(morning)).toBe(1);
    await project();
    await village.log(third);
    await policy.look(after(5));
    expect([await versionsOf(second), (await versionsOf(third))['resolution']]).toEqual([now, 'default@0']);
    for (let second = 60; second < 3_600; second += 60) await policy.look(after(second));
    await project();
    await policy.look(after(3_600 + 600));
    expect(await versionsOf(third)).toEqual(now);
  });

  it('once the read model is complete', async () => {
    await village.log(first);
    await publish();
    expect(await policy.look(morning)).toBe(0);
    const log = village.all;
    // Everything is there, and nothing says yet that this is all.
    const endless = {
      async *subscribe({ signal }: { signal: AbortSignal }) {
        for (const event of log) yield { kind: 'event' as const, event };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    };
    projecting = runProjections({
      projections: [dueProjection],
      feed: endless as unknown as InMemoryFeed,
      database: agenda.database,
      log: silent,
    });
    const built = ({ position }: { position: bigint }) => position === BigInt(village.all.length);
    while (!projecting.status().every(built)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await policy.look(after(5))).toBe(0);
    await projecting.stop();
    projecting = undefined;
    await project();
    expect(await policy.look(after(10))).toBe(1);
    expect(await versionsOf(first)).toEqual(now);
  });

  it('looking ever more seldom where the same holds, and at once where it does not', async () => {
    await village.log(first);
    await project();
    const asked = jest.spyOn(agenda.database, 'query');
    const looks = () => asked.mock.calls.filter(([text]) => String(text).includes('policyVersion')).length;
    for (let second = 0; second <= 3_600; second += 60) await policy.look(after(second));
    expect(looks()).toBeGreaterThan(3);
    expect(looks()).toBeLessThan(15);
    const before = looks();
    await publish();
    await policy.look(after(3_605));
    expect(looks()).toBe(before + 1);
  });
});
