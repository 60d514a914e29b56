import {
  binaryEvent,
  END,
  ErrorType,
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type Filter,
  type Position,
} from '@eventstore/db-client';
import { all, first, freshStream, type Client, proposed, refusal } from './fixtures.contract.js';

export function filterContract(client: Client): void {
  async function end(): Promise<Position> {
    return (await client().appendToStream(freshStream(), proposed(1, 'Mark'))).position!;
  }
  describe('a filter', () => {
    const cases: [what: string, filter: (noun: string) => Filter, expected: string[]][] = [
      ['prefix of the type', (noun) => eventTypeFilter({ prefixes: [`${noun}-a`] }), ['a1', 'a2']],
      [
        'one of two prefixes',
        (noun) => eventTypeFilter({ prefixes: [`${noun}-b`, `${noun}-c`] }),
        ['b1', 'c1'],
      ],
      [
        'regular expression for the type',
        (noun) => eventTypeFilter({ regex: `^${noun}-.1$` }),
        ['a1', 'b1', 'c1'],
      ],
      ['regular expression found anywhere', (noun) => eventTypeFilter({ regex: `${noun}-a[2-9]` }), ['a2']],
      [
        'prefix of the stream',
        (noun) => streamNameFilter({ prefixes: [`${noun}-s`] }),
        ['a1', 'b1', 'a2', 'c1'],
      ],
      [
        'regular expression for the stream',
        (noun) => streamNameFilter({ regex: `^${noun}-s` }),
        ['a1', 'b1', 'a2', 'c1'],
      ],
    ];
    it.each(cases)('by %s lets through what matches', async (_what, filterFor, expected) => {
      const fromPosition = await end();
      const noun = freshStream('filter');
      for (const type of ['a1', 'b1', 'a2', 'c1']) {
        await client().appendToStream(`${noun}-s`, proposed(1, `${noun}-${type}`));
        await client().appendToStream(freshStream(), proposed(1, 'Other'));
      }
      const filter = filterFor(noun);
      const seen = await first(expected.length, client().subscribeToAll({ fromPosition, filter }));
      expect(typesOf(seen)).toEqual(expected.map((type) => `${noun}-${type}`));
    });

    it('excludes system events', async () => {
      const fromPosition = await end();
      const stream = freshStream();
      await client().setStreamMetadata(stream, { maxCount: 3 });
      await client().appendToStream(stream, proposed(1, 'Ours'));
      const seen = await first(1, client().subscribeToAll({ fromPosition, filter: excludeSystemEvents() }));
      expect(typesOf(seen)).toEqual(['Ours']);
    });

    it('applies to live events as well', async () => {
      const type = freshStream('Live');
      const subscription = client().subscribeToAll({
        fromPosition: END,
        filter: eventTypeFilter({ prefixes: [type] }),
      });
      const seen = first(2, subscription);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      for (const each of ['Other', `${type}1`, 'Other', `${type}2`]) {
        await client().appendToStream(freshStream(), proposed(1, each));
      }
      expect(typesOf(await seen)).toEqual([`${type}1`, `${type}2`]);
    });

    it('looks at a link, not at what it leads to', async () => {
      const fromPosition = await end();
      const noun = freshStream('filter');
      await client().appendToStream(`${noun}-target`, proposed(1, `${noun}-type`));
      const link = binaryEvent({ type: '$>', data: Buffer.from(`0@${noun}-target`) });
      await client().appendToStream(`${noun}-links`, link);
      await client().appendToStream(`${noun}-links`, proposed(1, `${noun}-type`));
      const seenBy = async (filter: Filter) => {
        const options = { fromPosition, filter, resolveLinkTos: true };
        const seen = await first(2, client().subscribeToAll(options));
        return seen.map(({ event, link: by }) => [event?.streamId, by?.streamId]);
      };
      expect(await seenBy(eventTypeFilter({ prefixes: [noun] }))).toEqual([
        [`${noun}-target`, undefined],
        [`${noun}-links`, undefined],
      ]);
      expect(await seenBy(streamNameFilter({ prefixes: [`${noun}-links`] }))).toEqual([
        [`${noun}-target`, `${noun}-links`],
        [`${noun}-links`, undefined],
      ]);
    });

    it('that is no regular expression is refused', async () => {
      const filter = eventTypeFilter({ regex: '(' });
      const error = await refusal(first(1, client().subscribeToAll({ filter })));
      expect(error['type']).toBe(ErrorType.UNKNOWN);
    });
  });

  describe('checkpoints of a filtered subscription', () => {
    it('come every so many events considered, rise, and never repeat', async () => {
      const fromPosition = await end();
      const type = freshStream('Rare');
      const stream = freshStream();
      for (let at = 0; at < 384; at += 64) await client().appendToStream(stream, proposed(64, 'Common'));
      const { position } = await client().appendToStream(stream, proposed(1, type));
      const told: bigint[] = [];
      const filter = eventTypeFilter({
        prefixes: [type],
        checkpointInterval: 2,
        checkpointReached: (_, { commit }) => void told.push(commit),
      });
      const [seen] = await first(1, client().subscribeToAll({ fromPosition, filter }));
      expect(seen?.event?.type).toBe(type);
      expect([6, 7]).toContain(told.length);
      expect(told).toEqual([...new Set(told)].toSorted((one, other) => (one < other ? -1 : 1)));
      expect(told.every((commit) => commit > fromPosition.commit && commit <= position!.commit)).toBe(true);
    });

    it('go on among live events, one for each so many windows', async () => {
      const told: bigint[] = [];
      const filter = eventTypeFilter({
        prefixes: [freshStream('None')],
        maxSearchWindow: 4,
        checkpointInterval: 2,
        checkpointReached: (_, { commit }) => void told.push(commit),
      });
      const subscription = client().subscribeToAll({ fromPosition: END, filter });
      subscription.on('data', () => undefined);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      const stream = freshStream();
      for (let at = 0; at < 27; at++) await client().appendToStream(stream, proposed(1, 'Common'));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await subscription.unsubscribe();
      const read = await all(client().readStream(stream));
      expect(told).toEqual([7, 15, 23].map((at) => read[at]?.event?.position?.commit));
    });

    it('tell, before the subscription has caught up, how far it has read', async () => {
      const fromPosition = await end();
      const { position } = await client().appendToStream(freshStream(), proposed(10, 'Common'));
      const heard: (bigint | 'caughtUp')[] = [];
      const filter = eventTypeFilter({
        prefixes: [freshStream('None')],
        checkpointInterval: 1,
        checkpointReached: (_, { commit }) => void heard.push(commit),
      });
      const subscription = client().subscribeToAll({ fromPosition, filter });
      subscription.on('data', () => heard.push('caughtUp'));
      await new Promise<void>((resolve) =>
        subscription.once('caughtUp', () => {
          heard.push('caughtUp');
          resolve();
        }),
      );
      await subscription.unsubscribe();
      expect(heard).toEqual([position!.commit, 'caughtUp']);
    });
  });
}

function typesOf(events: AllStreamResolvedEvent[]): (string | undefined)[] {
  return events.map(({ event }) => event?.type);
}
