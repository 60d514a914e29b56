import { randomUUID } from 'node:crypto';
import type { EventToAppend, Metadata } from './event.js';
import { metadata } from './notebook.example.js';
import { type ExpectedRevision, LostRace, type Streams } from './streams.js';

/** A stream that nobody has written to; its category is `request`, so that an upcast is found for it. */
export const freshStream = (): string => `request-${randomUUID()}`;

export const noted = (note: string, more: Partial<Metadata> = {}): EventToAppend => ({
  type: 'ProgressRecorded',
  data: { note, at: '2026-11-22T01:30:00.000Z' },
  id: randomUUID(),
  metadata: { ...metadata, ...more },
});

/** What a command may expect of the streams it writes to, whoever keeps them. */
export function describeStreams(name: string, make: () => Streams | Promise<Streams>): void {
  describe(`the streams of ${name}`, () => {
    let streams: Streams;
    let stream: string;
    beforeEach(async () => {
      streams = await make();
      stream = freshStream();
    });

    const notes = async () => (await streams.read(stream)).map(({ data }) => (data as { note: string }).note);

    it('are empty before anybody wrote to them', async () => expect(await streams.read(stream)).toEqual([]));

    it('give back what was appended, in order, with its place and time', async () => {
      const [one, two] = [noted('一'), noted('二', { occurredAt: '2026-11-21T23:00:00.000Z' })];
      const appended = await streams.append(stream, 'no_stream', [one, two]);
      const [first, second, ...rest] = await streams.read(stream);
      expect(rest).toEqual([]);
      expect(first).toMatchObject({ ...one, stream, revision: 0n, occurredAt: first?.recordedAt });
      expect(second).toMatchObject({ ...two, stream, revision: 1n, occurredAt: '2026-11-21T23:00:00.000Z' });
      expect(new Date(first?.recordedAt ?? '').toISOString()).toBe(first?.recordedAt);
      expect(appended).toEqual({ revision: 1n, position: second?.position });
      expect((second?.position ?? 0n) > (first?.position ?? 0n)).toBe(true);
    });

    it('say of a copied event when it was recorded first', async () => {
      const recordedAt = '2022-03-01T05:00:00.000Z';
      await streams.append(stream, 'no_stream', [noted('一', { recordedAt })]);
      expect(await streams.read(stream)).toMatchObject([{ recordedAt, occurredAt: recordedAt }]);
    });

    it('give back JSON as it was, Chinese, nulls and depth', async () => {
      const data = { 摘要: '5号楼前“结冰”😀\n', none: null, deep: [{ n: 0.1, yes: true }, []] };
      await streams.append(stream, 'no_stream', [{ ...noted('一'), data }]);
      expect((await streams.read(stream))[0]?.data).toStrictEqual(data);
      expect((await streams.read(stream))[0]?.metadata).toStrictEqual(metadata);
    });

    it('grow from the revision that was read', async () => {
      const { revision } = await streams.append(stream, 'no_stream', [noted('一')]);
      expect(await streams.append(stream, revision, [noted('二')])).toMatchObject({ revision: 1n });
      expect(await notes()).toEqual(['一', '二']);
    });

    it.each<[string, ExpectedRevision]>([
      ['that they do not exist', 'no_stream'],
      ['an older revision', 0n],
      ['a revision to come', 2n],
    ])('refuse whoever expects %s, and store nothing', async (_, expected) => {
      await streams.append(stream, 'no_stream', [noted('一'), noted('二')]);
      const lost = streams.append(stream, expected, [noted('三'), noted('四')]);
      await expect(lost).rejects.toThrow(LostRace);
      await expect(lost).rejects.toMatchObject({ stream });
      expect(await notes()).toEqual(['一', '二']);
    });

    it('refuse a revision of a stream that does not exist', async () => {
      await expect(streams.append(stream, 0n, [noted('一')])).rejects.toThrow(LostRace);
      expect(await streams.read(stream)).toEqual([]);
    });

    it('store an append that is told again once: it is answered as the first time, or lost', async () => {
      const events = [noted('一'), noted('二')];
      const first = await streams.append(stream, 'no_stream', events);
      await streams.append(stream, 1n, [noted('三')]);
      const again = await streams.append(stream, 'no_stream', events).catch((error: unknown) => error);
      if (again instanceof LostRace) expect(again.stream).toBe(stream);
      else expect(again).toEqual(first);
      expect(await notes()).toEqual(['一', '二', '三']);
    });

    it('let one of many win who append at once', async () => {
      await streams.append(stream, 'no_stream', [noted('一')]);
      const racers = Array.from({ length: 20 }, (_, racer) =>
        streams.append(stream, 0n, [noted(`${racer}a`), noted(`${racer}b`)]).then(
          () => racer,
          (error: unknown) => expect(error).toBeInstanceOf(LostRace),
        ),
      );
      const winners = (await Promise.all(racers)).filter((racer) => racer !== undefined);
      expect(winners).toHaveLength(1);
      expect(await notes()).toEqual(['一', `${winners[0]}a`, `${winners[0]}b`]);
    });

    it('do not see each other', async () => {
      const other = `${stream}x`;
      await Promise.all([
        streams.append(stream, 'no_stream', [noted('一')]),
        streams.append(other, 'no_stream', [noted('二')]),
      ]);
      expect(await notes()).toEqual(['一']);
      expect(await streams.read(other)).toHaveLength(1);
    });

    it('are not touched by what a reader does to what it read', async () => {
      await streams.append(stream, 'no_stream', [noted('一')]);
      (await streams.read(stream)).pop();
      expect(await notes()).toEqual(['一']);
    });

    it('hold long histories', async () => {
      const many = Array.from({ length: 500 }, (_, index) => noted(String(index)));
      await streams.append(stream, 'no_stream', many);
      expect(await notes()).toEqual(many.map((_, index) => String(index)));
    });
  });
}
