import { copyEvents } from './copier.js';
import { described, ended, stored } from './stored.event.example.js';
import type { StoredEvent } from './stored.event.js';
import type { Wire } from './wire.js';

const going = { progress: () => undefined, signal: new AbortController().signal };

/** A source that has these events. */
const source = (...events: StoredEvent[]) =>
  ({
    page: async (from, size) =>
      events.filter(({ position }) => position.commit >= (from?.commit ?? 0n)).slice(0, size),
  }) as Pick<Wire, 'page'> as Wire;

/** A target that says what it is asked to do, and does as it is told. */
const target = (said: string[], answers: Partial<Wire> = {}) =>
  ({
    append: async (stream: string, events: StoredEvent[]) => {
      said.push(`${stream}@${events.map(({ revision }) => revision).join(',')}`);
      return true;
    },
    tombstone: async (stream: string) => void said.push(`tombstone ${stream}`),
    softDelete: async (stream: string) => void said.push(`delete ${stream}`),
    ...answers,
  }) as Wire;

const large = (revision: number) => stored('a', revision, revision + 1, { data: Buffer.alloc(300_000, 32) });

const copied = async (...events: StoredEvent[]) => {
  const said: string[] = [];
  const result = await copyEvents(source(...events), target(said), undefined, going);
  return { said, result };
};

describe('copying events', () => {
  it('keeps the order of all, with what follows each other in one stream in one append', async () => {
    const { said, result } = await copied(
      stored('a', 0, 1),
      stored('a', 1, 2),
      stored('b', 0, 3),
      stored('a', 2, 4),
    );
    expect(said).toEqual(['a@0,1', 'b@0', 'a@2']);
    expect(result).toEqual({ events: 4, undated: 0 });
  });

  it('leaves the streams of the store itself, and takes the metadata of others along', async () => {
    const { said } = await copied(
      stored('$settings', 0, 1),
      stored('$$$stats', 0, 2),
      described('a', 0, 3, '{"$maxCount":5}'),
      stored('a', 0, 4),
    );
    expect(said).toEqual(['$$a@0', 'a@0']);
  });

  it('deletes what was deleted, and ends what was ended', async () => {
    const { said } = await copied(
      stored('a', 0, 1),
      described('a', 0, 2, '{"$tb":9223372036854775807}'),
      stored('b', 0, 3),
      ended('b', 4),
    );
    expect(said).toEqual(['a@0', 'delete a', 'b@0', 'tombstone b']);
  });

  it('divides what is too large for one append', async () => {
    expect((await copied(large(0), large(1), large(2))).said).toEqual(['a@0', 'a@1', 'a@2']);
    const many = Array.from({ length: 501 }, (_, index) => stored('a', index, index + 1));
    expect((await copied(...many)).said.map((append) => append.split(',').length)).toEqual([500, 1]);
  });

  it('goes on after a position', async () => {
    const said: string[] = [];
    const events = [stored('a', 0, 1), stored('b', 0, 2), stored('c', 0, 3)];
    await copyEvents(source(...events), target(said), events[1]!.position, going);
    expect(said).toEqual(['c@0']);
  });

  it('counts what has no room for the time of its first recording', async () => {
    const { result } = await copied(stored('a', 0, 1, { metadata: Buffer.from('[]') }), stored('a', 1, 2));
    expect(result).toEqual({ events: 2, undated: 1 });
  });

  it('takes what the target has written by itself for written', async () => {
    const revived = described('a', 1, 2, '{"$tb":5}');
    const answers = { append: async () => false, newest: async () => described('a', 1, 77, '{"$tb": 5}') };
    const result = await copyEvents(source(revived), target([], answers), undefined, going);
    expect(result.events).toBe(1);
  });

  it('stops where somebody else writes to the target', async () => {
    const answers = { append: async () => false };
    await expect(
      copyEvents(source(stored('a', 3, 1)), target([], answers), undefined, going),
    ).rejects.toThrow(/target's a does not end before revision 3/);
  });

  it('stops between two appends when it is asked to', async () => {
    const stop = new AbortController();
    const said: string[] = [];
    const events = [stored('a', 0, 1), stored('b', 0, 2)];
    const copying = copyEvents(source(...events), target(said), undefined, {
      progress: () => stop.abort(new Error('enough')),
      signal: stop.signal,
    });
    await expect(copying).rejects.toThrow('enough');
    expect(said).toEqual(['a@0']);
  });
});
