import { KeyReused, StreamTaken, execute } from './execute.js';
import { InMemoryStreams } from './in-memory-streams.js';
import { type NotebookEvent, notebook, seal, stream, writing } from './notebook.example.js';

describe('a command that is sent again', () => {
  let streams: InMemoryStreams;
  beforeEach(() => {
    streams = new InMemoryStreams();
  });

  it('gets the first answer again and appends nothing', async () => {
    await execute(streams, notebook, writing('k0', '雪'));
    const first = await execute(streams, notebook, writing('k1', '冰', '盐'));
    const again = await execute(streams, notebook, writing('k1', '冰', '盐'));
    expect(again).toMatchObject(first);
    expect(again.events.map(({ type, data }) => ({ type, data }))).toEqual(first.events);
    expect(streams.all).toHaveLength(3);
  });

  it('gets the first answer again after later events: the state, revision and position of then', async () => {
    const first = await execute(streams, notebook, writing('k1', '冰', '盐'));
    await execute(streams, notebook, writing('k2', '铲'));
    await execute(streams, notebook, { ...writing('k3'), command: seal });
    expect(await execute(streams, notebook, writing('k1', '冰', '盐'))).toMatchObject({
      state: { words: ['冰', '盐'], sealed: false },
      revision: 1n,
      position: first.position,
    });
  });

  it('gets the first answer although it would be refused today', async () => {
    await execute(streams, notebook, writing('k1', '冰'));
    await execute(streams, notebook, { ...writing('k2'), command: seal });
    expect(await execute(streams, notebook, writing('k1', '冰'))).toMatchObject({ revision: 0n });
  });

  it('gets the first answer although it may not be done any more', async () => {
    const today = {
      permit: () => {
        throw new Error('not today');
      },
    };
    await execute(streams, notebook, writing('k1', '冰'));
    const again = await execute(streams, notebook, { ...writing('k1', '冰'), ...today });
    expect(again.revision).toBe(0n);
    const other = execute(streams, notebook, { ...writing('k2', '盐'), ...today });
    await expect(other).rejects.toThrow('not today');
    expect(streams.all).toHaveLength(1);
  });

  it('gets the first answer although its If-Match has become stale by itself', async () => {
    await execute(streams, notebook, writing('k0', '雪'));
    const once = { ...writing('k1', '冰'), ifRevision: 0n };
    await execute(streams, notebook, once);
    expect(await execute(streams, notebook, once)).toMatchObject({ revision: 1n });
  });

  it('after its answer was lost on the way finds what it stored', async () => {
    const append = streams.append.bind(streams);
    streams.append = async (...call) => {
      streams.append = append;
      await append(...call);
      throw new Error('connection reset');
    };
    await expect(execute(streams, notebook, writing('k1', '冰'))).rejects.toThrow('connection reset');
    expect(await execute(streams, notebook, writing('k1', '冰'))).toMatchObject({
      state: { words: ['冰'] },
      revision: 0n,
    });
    expect(streams.all).toHaveLength(1);
  });

  it('in the same moment is stored once, and both get one answer', async () => {
    const both = await Promise.all([
      execute(streams, notebook, writing('k1', '冰', '盐')),
      execute(streams, notebook, writing('k1', '冰', '盐')),
    ]);
    expect(both.map(({ revision, position }) => [revision, position])).toEqual([
      [1n, 2n],
      [1n, 2n],
    ]);
    expect(streams.all).toHaveLength(2);
  });

  it('with other words under the same key is refused', async () => {
    await execute(streams, notebook, writing('k1', '冰'));
    await expect(execute(streams, notebook, writing('k1', '火'))).rejects.toThrow(KeyReused);
    expect(streams.all).toHaveLength(1);
  });

  it('with other words under the same key is refused even if they are written already', async () => {
    await execute(streams, notebook, writing('k1', '冰'));
    await execute(streams, notebook, writing('k2', '火'));
    await expect(execute(streams, notebook, writing('k1', '火'))).rejects.toThrow(KeyReused);
  });

  it('with other words in the same moment is refused', async () => {
    const [one, other] = await Promise.allSettled([
      execute(streams, notebook, writing('k1', '冰')),
      execute(streams, notebook, writing('k1', '火')),
    ]);
    expect(one).toMatchObject({ status: 'fulfilled' });
    expect(other).toMatchObject({ status: 'rejected', reason: new KeyReused('k1') });
  });
});

const given = (...args: Parameters<typeof writing>) => ({ ...writing(...args), keyGiven: true });

describe('a command that is in effect already, sent again', () => {
  let streams: InMemoryStreams;
  beforeEach(async () => {
    streams = new InMemoryStreams();
    await execute(streams, notebook, writing('k0', '冰'));
  });

  it('gets the first answer again after later events: the state, revision and position of then', async () => {
    const first = await execute(streams, notebook, given('k1', '冰'));
    expect(first).toMatchObject({ events: [], revision: 0n, position: 1n });
    await execute(streams, notebook, writing('k2', '盐'));
    const head = streams.all.length;
    expect(await execute(streams, notebook, given('k1', '冰'))).toEqual(first);
    expect(streams.all).toHaveLength(head);
  });

  it('is refused with other words under its key', async () => {
    await execute(streams, notebook, given('k1', '冰'));
    await expect(execute(streams, notebook, given('k1', '火'))).rejects.toThrow(KeyReused);
    expect(streams.all).toHaveLength(2);
  });

  it('does nothing, although by now it is not in effect any more', async () => {
    await execute(streams, notebook, given('k1', '冰'));
    const emptied = { ...notebook, decide: (): NotebookEvent[] => [{ type: 'Sealed', data: {} }] };
    const again = await execute(streams, emptied, given('k1', '冰'));
    expect(again).toMatchObject({ events: [], state: { words: ['冰'], sealed: false } });
    expect(await streams.read(stream)).toHaveLength(1);
  });

  it('keeps nothing where the server chose the key', async () => {
    await execute(streams, notebook, writing('k1', '冰'));
    expect(streams.all).toHaveLength(1);
  });

  it('keeps one answer of two in the same moment, and both get it', async () => {
    const both = await Promise.all([1, 2].map(() => execute(streams, notebook, given('k1', '冰'))));
    expect(both[1]).toEqual(both[0]);
    await execute(streams, notebook, writing('k2', '盐'));
    expect(await execute(streams, notebook, given('k1', '冰'))).toEqual(both[0]);
  });
});

const creating = (...args: Parameters<typeof writing>) => ({ ...writing(...args), creates: true });

describe('a command that creates its stream', () => {
  let streams: InMemoryStreams;
  beforeEach(async () => {
    streams = new InMemoryStreams();
    await execute(streams, notebook, creating('k1', '冰'));
  });

  it('finds it taken by another', async () => {
    await expect(execute(streams, notebook, creating('k2', '火'))).rejects.toEqual(new StreamTaken(stream));
    expect(streams.all).toHaveLength(1);
  });

  it('finds it taken by another even if it says the same', async () => {
    await expect(execute(streams, notebook, creating('k2', '冰'))).rejects.toThrow(StreamTaken);
  });

  it('gets the first answer again when it is sent again, also after later events', async () => {
    await execute(streams, notebook, writing('k2', '盐'));
    expect(await execute(streams, notebook, creating('k1', '冰'))).toMatchObject({
      state: { words: ['冰'] },
      revision: 0n,
      position: 1n,
    });
    expect(streams.all).toHaveLength(2);
  });

  it('is refused with other words under its key', async () => {
    await expect(execute(streams, notebook, creating('k1', '火'))).rejects.toThrow(KeyReused);
  });
});
