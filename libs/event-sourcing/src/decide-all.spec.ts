import { decideAll } from './decide-all.js';
import { Rejection } from './decider.js';
import { eventId } from './event-id.js';
import { InMemoryStreams } from './in-memory-streams.js';
import { metadata, notebook, seal, stream, writing } from './notebook.example.js';

const write = (...words: string[]) => writing('', ...words).command;
const at = (occurredAt: string) => ({ ...metadata, occurredAt });

describe('a life told afterwards', () => {
  const ids = (key: string) => decideAll(notebook, stream, key, steps).map(({ id }) => id);
  const steps = [
    { command: write('冰', '盐'), metadata: at('2022-03-01T05:00:00.000Z') },
    { command: write('冰'), metadata: at('2022-03-01T05:30:00.000Z') },
    { command: seal, metadata: at('2022-03-01T06:00:00.000Z') },
  ];

  it('is decided command by command, each on what the ones before it led to', () =>
    expect(decideAll(notebook, stream, 'row-1', steps)).toEqual([
      {
        type: 'Written',
        data: { word: '冰' },
        id: eventId(stream, 'row-1', 0),
        metadata: steps[0]?.metadata,
      },
      {
        type: 'Written',
        data: { word: '盐' },
        id: eventId(stream, 'row-1', 1),
        metadata: steps[0]?.metadata,
      },
      { type: 'Sealed', data: {}, id: eventId(stream, 'row-1', 2), metadata: steps[2]?.metadata },
    ]));

  it('has the same ids when it is told again, and others for another row', () => {
    expect(ids('row-1')).toEqual(ids('row-1'));
    expect(new Set([...ids('row-1'), ...ids('row-2')]).size).toBe(6);
  });

  it('is stored in one piece', async () => {
    const streams = new InMemoryStreams();
    await streams.append(stream, 'no_stream', decideAll(notebook, stream, 'row-1', steps));
    expect((await streams.read(stream)).map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['Written', '2022-03-01T05:00:00.000Z'],
      ['Written', '2022-03-01T05:00:00.000Z'],
      ['Sealed', '2022-03-01T06:00:00.000Z'],
    ]);
  });

  it('that cannot have happened is refused as a whole', () =>
    expect(() =>
      decideAll(notebook, stream, 'row-1', [
        { command: seal, metadata },
        { command: write('冰'), metadata },
      ]),
    ).toThrow(new Rejection('notebook-sealed')));

  it('of nothing is nothing', () => expect(decideAll(notebook, stream, 'row-1', [])).toEqual([]));
});
