import * as fc from 'fast-check';
import { Rejection } from './decider.js';
import { StaleRevision, execute } from './execute.js';
import { InMemoryStreams } from './in-memory-streams.js';
import { type NotebookCommand, notebook, seal, stream, writing } from './notebook.example.js';
import { LostRace } from './streams.js';

/** Somebody else is quicker, as often as there are rivals. */
const racedBy = (...rivals: NotebookCommand[]) => {
  const streams = new InMemoryStreams();
  const append = streams.append.bind(streams);
  const attempts = { count: 0 };
  streams.append = async (...call) => {
    attempts.count += 1;
    const rival = rivals.shift();
    if (rival) {
      const key = `rival-${attempts.count}`;
      await execute({ read: streams.read.bind(streams), append }, notebook, {
        ...writing(key, key),
        command: rival,
      });
    }
    return append(...call);
  };
  return { streams, attempts };
};
const rival = (word: string): NotebookCommand => ({ type: 'Write', data: { words: [word] } });
const wordsIn = async (streams: InMemoryStreams) =>
  (await streams.read(stream)).map(({ data }) => (data as { word?: string }).word);

describe('a lost race', () => {
  it.each([1, 2, 3])('is decided again when somebody was quicker %d times', async (times) => {
    const rivals = ['甲', '乙', '丙'].slice(0, times);
    const { streams, attempts } = racedBy(...rivals.map(rival));
    expect(await execute(streams, notebook, writing('k1', '冰'))).toMatchObject({
      state: { words: [...rivals, '冰'] },
      revision: BigInt(times),
    });
    expect(attempts.count).toBe(times + 1);
  });

  it('is given up after three more attempts, with nothing stored', async () => {
    const { streams, attempts } = racedBy(...['甲', '乙', '丙', '丁', '戊'].map(rival));
    await expect(execute(streams, notebook, writing('k1', '冰'))).rejects.toThrow(LostRace);
    expect(attempts.count).toBe(4);
    expect(await wordsIn(streams)).toEqual(['甲', '乙', '丙', '丁']);
  });

  it('is decided again on what is true by then: it may be in effect', async () => {
    const { streams } = racedBy(rival('冰'));
    expect(await execute(streams, notebook, writing('k1', '冰'))).toMatchObject({ events: [], revision: 0n });
    expect(await wordsIn(streams)).toEqual(['冰']);
  });

  it('is decided again on what is true by then: it may be refused', async () => {
    const { streams } = racedBy(seal);
    await expect(execute(streams, notebook, writing('k1', '冰'))).rejects.toEqual(
      new Rejection('notebook-sealed'),
    );
  });
});

const written = async (...words: string[]) => {
  const streams = new InMemoryStreams();
  for (const word of words) await execute(streams, notebook, writing(word, word));
  return streams;
};

describe('a command with If-Match', () => {
  it('is carried out at the revision it names', async () => {
    const streams = await written('冰', '盐');
    expect(await execute(streams, notebook, { ...writing('k1', '铲'), ifRevision: 1n })).toMatchObject({
      revision: 2n,
    });
  });

  it('is refused at a later one, with the events that came in between', async () => {
    const streams = await written('冰', '盐', '铲');
    const missed = (await streams.read(stream)).slice(1);
    await expect(
      execute(streams, notebook, { ...writing('k1', '火'), ifRevision: 0n }),
    ).rejects.toMatchObject({ name: 'StaleRevision', current: 2n, missed });
    expect(await wordsIn(streams)).toEqual(['冰', '盐', '铲']);
  });

  it('is refused at a later one even if it is in effect', async () => {
    const streams = await written('冰', '盐');
    await expect(execute(streams, notebook, { ...writing('k1', '盐'), ifRevision: 0n })).rejects.toThrow(
      StaleRevision,
    );
  });

  it('is refused where the stream has not come that far', async () => {
    const streams = await written('冰');
    await expect(
      execute(streams, notebook, { ...writing('k1', '盐'), ifRevision: 7n }),
    ).rejects.toMatchObject({ current: 0n, missed: [] });
  });

  it('is not decided again when somebody was quicker', async () => {
    const { streams, attempts } = racedBy(rival('甲'));
    const outcome = execute(streams, notebook, { ...writing('k1', '冰'), ifRevision: -1n });
    await expect(outcome).rejects.toMatchObject({ name: 'StaleRevision', current: 0n });
    expect(attempts.count).toBe(1);
    expect(await wordsIn(streams)).toEqual(['甲']);
  });
});

describe('commands at the same time', () => {
  it('are all carried out while they are few', async () => {
    const streams = new InMemoryStreams();
    const words = ['冰', '盐', '铲', '雪'];
    const outcomes = await Promise.all(words.map((word) => execute(streams, notebook, writing(word, word))));
    expect(outcomes.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n]);
    expect(await wordsIn(streams)).toEqual(words);
  });

  it('lose nothing that was answered and store nothing that was refused, in whatever order they come', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 7 }), async (scheduler, count) => {
        const streams = new InMemoryStreams();
        const slow = {
          read: scheduler.scheduleFunction(streams.read.bind(streams)) as InMemoryStreams['read'],
          append: scheduler.scheduleFunction(streams.append.bind(streams)),
        };
        const words = Array.from({ length: count }, (_, index) => `词${index}`);
        const outcomes = await scheduler.waitFor(
          Promise.allSettled(words.map((word) => execute(slow, notebook, writing(word, word, `${word}!`)))),
        );
        const answered = words.filter((_, index) => outcomes[index]?.status === 'fulfilled');
        const stored = await wordsIn(streams);
        expect([...stored].sort()).toEqual(answered.flatMap((word) => [word, `${word}!`]).sort());
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LostRace);
          else expect(outcome.value.state.words).toEqual(stored.slice(0, Number(outcome.value.revision) + 1));
        }
      }),
    ));
});
