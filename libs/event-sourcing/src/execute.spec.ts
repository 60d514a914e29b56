import { Rejection } from './decider.js';
import { eventId } from './event-id.js';
import type { EventToAppend } from './event.js';
import { execute } from './execute.js';
import { InMemoryStreams } from './in-memory-streams.js';
import { notebook, seal, stream, writing } from './notebook.example.js';
import type { ExpectedRevision } from './streams.js';

/** Remembers what it was asked. */
class WatchedStreams extends InMemoryStreams {
  readonly expected: ExpectedRevision[] = [];
  reads = 0;

  override read: InMemoryStreams['read'] = (stream) => {
    this.reads += 1;
    return InMemoryStreams.prototype.read.call(this, stream) as never;
  };

  override append(stream: string, expected: ExpectedRevision, events: EventToAppend[]) {
    this.expected.push(expected);
    return super.append(stream, expected, events);
  }
}

describe('executing a command', () => {
  let streams: WatchedStreams;
  beforeEach(() => {
    streams = new WatchedStreams();
  });

  it('appends what was decided and answers what it led to', async () => {
    expect(await execute(streams, notebook, writing('k1', '冰', '盐'))).toEqual({
      state: { words: ['冰', '盐'], sealed: false },
      events: [
        { type: 'Written', data: { word: '冰' } },
        { type: 'Written', data: { word: '盐' } },
      ],
      revision: 1n,
      position: 2n,
    });
  });

  it('expects exactly the revision that was decided on', async () => {
    await execute(streams, notebook, writing('k1', '冰', '盐'));
    await execute(streams, notebook, writing('k2', '铲'));
    await execute(streams, notebook, { ...writing('k3'), command: seal });
    expect(streams.expected).toEqual(['no_stream', 1n, 2n]);
  });

  it('that is in effect already appends nothing and answers the current revision', async () => {
    await execute(streams, notebook, writing('k1', '冰', '盐'));
    expect(await execute(streams, notebook, writing('k2', '冰'))).toEqual({
      state: { words: ['冰', '盐'], sealed: false },
      events: [],
      revision: 1n,
      position: 2n,
    });
    expect(streams.expected).toHaveLength(1);
  });

  it('that has nothing to do on a stream that does not exist answers that there is none', async () => {
    expect(await execute(streams, notebook, writing('k1'))).toMatchObject({ revision: -1n, position: 0n });
    expect(streams.expected).toEqual([]);
  });

  it('that is refused appends nothing', async () => {
    await execute(streams, notebook, { ...writing('k1'), command: seal });
    await expect(execute(streams, notebook, writing('k2', '冰'))).rejects.toEqual(
      new Rejection('notebook-sealed'),
    );
    expect(streams.all).toHaveLength(1);
  });

  it('stores who asked, under the key as the cause', async () => {
    const execution = writing('k1', '冰');
    await execute(streams, notebook, execution);
    expect(streams.all[0]?.metadata).toEqual({ ...execution.metadata, $causationId: 'k1' });
  });

  it('gives its events ids that a retry gives again: from stream, key, fingerprint and index', async () => {
    await execute(streams, notebook, writing('k1', '冰', '盐'));
    expect(streams.all.map(({ id }) => id)).toEqual([
      eventId(stream, 'k1\n冰,盐', 0),
      eventId(stream, 'k1\n冰,盐', 1),
    ]);
  });

  it('reads nothing first where it creates the stream', async () => {
    await execute(streams, notebook, { ...writing('k1', '冰'), creates: true });
    expect([streams.reads, streams.expected]).toEqual([0, ['no_stream']]);
  });

  it('lets the store’s own troubles through', async () => {
    streams.append = () => Promise.reject(new Error('the disk is full'));
    await expect(execute(streams, notebook, writing('k1', '冰'))).rejects.toThrow('the disk is full');
  });
});
