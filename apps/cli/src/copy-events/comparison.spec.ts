import { type Comparison, compare, isCopy } from './comparison.js';
import { metadataToCarry } from './recorded-at.js';
import { described, ended, inOrder, stored } from './stored.event.example.js';
import type { StoredEvent } from './stored.event.js';

const original = stored('a', 0, 1);
const copyOf = (event: StoredEvent, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...event,
  metadata: metadataToCarry(event),
  created: '2030-01-01T00:00:00.000Z',
  position: { commit: 99n, prepare: 99n },
  ...more,
});

describe('a copy of an event', () => {
  it('is the event with the time of its first recording, at whatever place and time', () =>
    expect(isCopy(copyOf(original), original)).toBe(true));

  it.each<[string, Partial<StoredEvent>]>([
    ['stream', { stream: 'b' }],
    ['revision', { revision: 1n }],
    ['id', { id: '00000000-0000-4000-8000-000000000009' }],
    ['type', { type: 'Written' }],
    ['kind of content', { json: false }],
    ['data', { data: Buffer.from('{"number": 1}') }],
    ['metadata', { metadata: original.metadata }],
  ])('is none with another %s', (_, other) => expect(isCopy(copyOf(original, other), original)).toBe(false));

  it('has an id of its own where a store wrote it by itself: at the end of a stream', () =>
    expect(isCopy(copyOf(ended('a', 2), { id: original.id }), ended('a', 2))).toBe(true));

  it('likewise about a stream that was deleted, in whatever order the fields stand', () => {
    const written = described('a', 0, 2, '{"owner":"李敏","$tb":9223372036854775807}');
    const other = described('a', 0, 7, '{"$tb": 9223372036854775807, "owner": "李敏"}');
    expect(isCopy(other, written)).toBe(true);
    expect(isCopy(described('a', 0, 7, '{"owner":"李敏","$tb":9223372036854775806}'), written)).toBe(false);
  });
});

const compared = (source: StoredEvent[], target: StoredEvent[]): Promise<Comparison> =>
  compare(inOrder(...source), inOrder(...target), () => undefined);

describe('comparing two event stores', () => {
  const events = [stored('a', 0, 1), stored('b', 0, 2), stored('a', 1, 3)];

  it('finds where an earlier copy stopped', async () => {
    const { equal, until, difference } = await compared(
      events,
      events.slice(0, 2).map((event) => copyOf(event)),
    );
    expect({ equal, until, difference }).toEqual({
      equal: 2,
      until: events[1]?.position,
      difference: undefined,
    });
  });

  it('begins at the beginning where nothing was copied', async () =>
    expect(await compared(events, [])).toEqual({ equal: 0, until: undefined, difference: undefined }));

  it('sees an event that the source does not have in this place', async () => {
    const [first, second, third] = events.map((event) => copyOf(event)) as [
      StoredEvent,
      StoredEvent,
      StoredEvent,
    ];
    const { equal, difference } = await compared(events, [first, third, second]);
    expect(equal).toBe(1);
    expect(difference).toMatchObject({ target: { stream: 'a', revision: 1n }, source: { stream: 'b' } });
  });

  describe('of which the target wrote by itself that a stream is written again', () => {
    const revived = described('a', 1, 5, '{"$tb":1}');
    const run = [stored('a', 1, 2), stored('a', 2, 3), stored('a', 3, 4)] as const;
    const all = [stored('a', 0, 1), ...run, revived, stored('b', 0, 6)];
    const own = described('a', 1, 77, '{"$tb": 1}');
    const [zero, one, two, three, , other] = all.map((event) => copyOf(event)) as StoredEvent[];

    it.each<[string, StoredEvent[], number]>([
      ['behind the first part of the append', [zero!, one!, own, two!, three!, other!], 6],
      ['before it', [zero!, own, one!, two!, three!, other!], 6],
      ['and stopped there', [zero!, one!, own], 2],
      ['and stopped within', [zero!, one!, own, two!], 3],
      ['and stopped behind the append', [zero!, one!, own, two!, three!], 5],
    ])('finds it the same %s', async (_, target, equal) => {
      const { difference, ...same } = await compared(all, target);
      expect(difference).toBeUndefined();
      expect(same).toEqual({ equal, until: all[equal - 1]!.position });
    });

    it.each<[string, StoredEvent[], number]>([
      ['says something else', [zero!, one!, described('a', 1, 77, '{"$tb":2}'), two!, three!, other!], 4],
      ['stands beyond the append', [zero!, one!, two!, three!, other!, own], 4],
      ['comes twice', [zero!, one!, own, own], 2],
    ])('sees that it %s', async (_, target, equal) => {
      const comparison = await compared(all, target);
      expect(comparison.equal).toBe(equal);
      expect(comparison.difference).toBeDefined();
    });

    it('sees that the source knows nothing of it', async () => {
      const without = all.filter((event) => event !== revived);
      expect((await compared(without, [zero!, one!, own])).difference?.target).toBe(own);
      expect((await compared(without, [zero!, one!, own, two!, three!, other!])).difference?.target).toBe(
        own,
      );
    });
  });

  it('sees an event that comes after all of the source', async () => {
    const more = stored('c', 0, 4);
    const { difference } = await compared(events, [...events.map((event) => copyOf(event)), more]);
    expect(difference).toEqual({ target: more, source: undefined });
  });
});
