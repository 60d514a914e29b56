import { type EventToAppend, type ExpectedRevision, InMemoryStreams } from '#event-sourcing';
import { requestId } from '#requests';
import { type Run, importRows } from './importer.js';
import { caseworkProfile } from './casework.profile.js';
import type { QuarantineReason } from './quarantine.reason.js';
import { Rehearsal } from './rehearsal.js';
import type { Row } from './row-source.js';

/** Answers an append it has already with the success of then, as EventStoreDB does. */
class Store extends InMemoryStreams {
  async head() {
    return this.all.at(-1);
  }

  override async append(stream: string, expected: ExpectedRevision, events: EventToAppend[]) {
    const stored = await this.read(stream);
    const again = stored.length >= events.length && events.every(({ id }, index) => stored[index]?.id === id);
    const last = stored[events.length - 1];
    if (again && last) return { revision: last.revision, position: last.position };
    return super.append(stream, expected, events);
  }
}

type Case = { key?: string; account?: string; opened?: string; closed?: string; type?: string };

async function* rowsOf(cases: Case[]): AsyncGenerator<Row> {
  for (const [
    index,
    { key = 'K1', account = 'NYCC03', opened = '2022-01-01', closed = '', type = '' },
  ] of cases.entries()) {
    const cells = {
      unique_key: key,
      account,
      opendate: opened,
      closedate: closed,
      complaint_type: type,
      descriptor: '',
      council_dist: '',
    };
    yield { line: index + 2, values: Object.values(cells), cells };
  }
}

let runs = 0;
function run(target: Run['target'], cases: Case[] | AsyncIterable<Row>, changes: Partial<Run> = {}) {
  runs += 1;
  return importRows(Array.isArray(cases) ? rowsOf(cases) : cases, {
    target,
    profile: caseworkProfile(),
    id: `run-${runs}`,
    file: 'cases.csv',
    quarantine: async () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  });
}

const requestsIn = (store: InMemoryStreams) =>
  new Set(store.all.map(({ stream }) => stream).filter((stream) => stream.startsWith('request-'))).size;

describe('an import', () => {
  it('opens the station, then tells every life in one append with the times of the source', async () => {
    const store = new Store();
    const tally = await run(store, [{ closed: '2022-01-06', type: 'Health' }], { id: 'run' });
    expect(tally).toEqual({ rows: 1, accepted: 1, duplicates: 0, quarantined: 0, events: 6 });
    expect(
      store.all.map(({ type, stream, occurredAt }) => [type, stream, occurredAt.slice(0, 10)]).slice(1),
    ).toEqual(
      [
        ['RequestLogged', '2022-01-01'],
        ['Assigned', '2022-01-01'],
        ['Accepted', '2022-01-06'],
        ['Resolved', '2022-01-06'],
        ['Closed', '2022-01-06'],
      ].map(([type, day]) => [type, `request-${requestId('NYCC03', '2022-01-01', 'casework:K1')}`, day]),
    );
    expect(store.all[0]).toMatchObject({ type: 'StationOpened', stream: 'station-NYCC03' });
    expect(store.all[1]).toMatchObject({
      data: { source: { system: 'casework', key: 'K1' }, category: 'Health', paper: null },
      metadata: {
        $correlationId: 'run',
        $causationId: 'cases.csv:2',
        actor: { subject: 'import', name: 'casework', role: 'import', station: 'NYCC03' },
        occurredAt: '2022-01-01T17:00:00.000Z',
        schema: 1,
      },
    });
  });

  it('of the same file again appends nothing', async () => {
    const store = new Store();
    const cases = [{ key: 'A' }, { key: 'B', closed: '2022-01-06' }, { key: 'C', account: 'NYCC04' }];
    await run(store, cases);
    const before = store.all.length;
    expect(await run(store, cases)).toEqual({
      rows: 3,
      accepted: 0,
      duplicates: 3,
      quarantined: 0,
      events: 0,
    });
    expect(store.all).toHaveLength(before);
  });

  it.each([
    ['the same facts', {}],
    ['fewer events', { closed: '' }],
    ['more events', { closed: '2022-01-06' }],
    ['other words', { type: 'Health' }],
  ])('counts a case that comes again with %s as a duplicate, beside it and far from it', async (_, again) => {
    for (const between of [0, 300]) {
      const others = Array.from({ length: between }, (_, index) => ({ key: `other-${index}` }));
      for (const first of [{ key: 'A' }, { key: 'A', closed: '2022-01-05' }]) {
        const store = new Store();
        const tally = await run(store, [first, ...others, { ...first, ...again }]);
        expect(tally).toMatchObject({ rows: between + 2, accepted: between + 1, duplicates: 1 });
        expect(requestsIn(store)).toBe(between + 1);
      }
    }
  });

  it('counts right when the answers come out of order', async () => {
    const store = new Store();
    const slow = store.append.bind(store);
    let appends = 0;
    store.append = async (...call) => {
      const appended = await slow(...call);
      appends += 1;
      await new Promise((resolve) => setTimeout(resolve, appends % 3));
      return appended;
    };
    const cases = Array.from({ length: 90 }, (_, index) => ({ key: `K${index % 60}` }));
    expect(await run(store, cases)).toMatchObject({ rows: 90, accepted: 60, duplicates: 30 });
  });

  it('gives another number to a case whose number is taken', async () => {
    const store = new Store();
    const stream = `request-${requestId('NYCC03', '2022-01-01', 'casework:K1')}`;
    await store.append(stream, 'no_stream', [
      { type: 'RequestLogged', data: {}, id: 'of-another', metadata: { $correlationId: 'x' } as never },
    ]);
    expect(await run(store, [{}])).toMatchObject({ accepted: 1, duplicates: 0 });
    expect(requestsIn(store)).toBe(2);
    expect(await run(store, [{}])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(requestsIn(store)).toBe(2);
  });

  it('sets aside what cannot be true, and the sum fits', async () => {
    const aside: [number, QuarantineReason][] = [];
    const broken: Row = { line: 9, values: ['x'], cells: undefined };
    async function* rows() {
      yield* rowsOf([{ key: '' }, { key: 'A' }, { opened: '1900-01-01' }, { key: 'A' }]);
      yield broken;
    }
    const tally = await run(new Store(), rows(), {
      quarantine: async ({ line }, reason) => void aside.push([line, reason]),
    });
    expect(tally).toEqual({ rows: 5, accepted: 1, duplicates: 1, quarantined: 3, events: 3 });
    expect(aside).toEqual([
      [2, 'missing-key'],
      [4, 'placeholder-date'],
      [9, 'wrong-columns'],
    ]);
  });

  it('rehearsed says the same and writes nothing', async () => {
    const store = new Store();
    await run(store, [{ key: 'A' }]);
    const before = store.all.length;
    const cases = [{ key: 'A' }, { key: 'B' }, { key: '' }, { key: 'B' }, { key: 'C', account: 'NYCC04' }];
    const rehearsed = await run(await Rehearsal.over(store), cases);
    expect(store.all).toHaveLength(before);
    expect(rehearsed).toEqual({ rows: 5, accepted: 2, duplicates: 2, quarantined: 1, events: 5 });
    expect(await run(store, cases)).toEqual(rehearsed);
  });

  it('can be rehearsed where there is no store yet', async () => {
    expect(await run(await Rehearsal.over(undefined), [{}, {}])).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
  });

  it('that is interrupted finishes what it began', async () => {
    const store = new Store();
    const interruption = new AbortController();
    const cases = Array.from({ length: 50 }, (_, index) => ({ key: `K${index}` }));
    const tally = await run(store, cases, {
      signal: interruption.signal,
      progress: ({ rows }) => rows === 20 && interruption.abort(),
    });
    expect(tally.rows).toBe(20);
    expect(requestsIn(store)).toBe(20);
    expect(await run(store, cases)).toMatchObject({ accepted: 30, duplicates: 20 });
  });

  it('stops with the store', async () => {
    const store = new Store();
    store.append = () => Promise.reject(new Error('unavailable'));
    await expect(run(store, [{}, {}])).rejects.toThrow('unavailable');
  });

  it('is refused where the station keeps other days', async () => {
    const store = new Store();
    await store.append('station-NYCC03', 'no_stream', [
      {
        type: 'StationOpened',
        data: { code: 'NYCC03', timeZone: 'Asia/Shanghai' },
        id: 'x',
        metadata: {} as never,
      },
    ]);
    await expect(run(store, [{}])).rejects.toThrow('keeps its days in Asia/Shanghai');
  });
});
