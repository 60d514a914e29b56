import { InMemoryStreams } from './in-memory-streams.js';
import { describeStreams, freshStream, noted } from './streams.contract.js';

describeStreams('the memory', () => new InMemoryStreams());

describe('the memory', () => {
  it('tells the time it is given', async () => {
    const streams = new InMemoryStreams(() => '2026-11-22T01:30:00.000Z');
    const stream = freshStream();
    await streams.append(stream, 'no_stream', [noted('一')]);
    expect(await streams.read(stream)).toMatchObject([
      { recordedAt: '2026-11-22T01:30:00.000Z', occurredAt: '2026-11-22T01:30:00.000Z' },
    ]);
  });

  it('numbers the events of all streams from 1 on', async () => {
    const streams = new InMemoryStreams();
    for (const note of ['一', '二', '三']) await streams.append(freshStream(), 'no_stream', [noted(note)]);
    expect(streams.all.map(({ position }) => position)).toEqual([1n, 2n, 3n]);
  });
});
