import { binaryEvent, type EventData } from '@eventstore/db-client';
import { all, first, freshStream, ids, type Client, proposed } from './fixtures.contract.js';

function linkTo(target: string): EventData {
  return binaryEvent({ type: '$>', data: Buffer.from(target) });
}

export function linkContract(client: Client): void {
  describe('a link', () => {
    it('is delivered with its target when links are to be resolved', async () => {
      const [target, links] = [freshStream(), freshStream()];
      const events = proposed(3);
      await client().appendToStream(target, events);
      const { position } = await client().appendToStream(links, linkTo(`1@${target}`));
      const [read] = await all(client().readStream(links, { resolveLinkTos: true }));
      expect(read?.event).toMatchObject({ id: events[1]!.id, streamId: target, revision: 1n });
      expect(read?.link).toMatchObject({ streamId: links, revision: 0n, type: '$>', position });
      expect(read?.commitPosition).toBe(position!.commit);
    });

    it('is an event like any other when they are not', async () => {
      const links = freshStream();
      await client().appendToStream(links, linkTo(`0@${freshStream()}`));
      const [read] = await all(client().readStream(links));
      expect(read?.event?.type).toBe('$>');
      expect(read?.link).toBeUndefined();
    });

    it('comes alone when its target is missing, truncated or deleted', async () => {
      const [missing, truncated, deleted, tombstoned] = [
        freshStream(),
        freshStream(),
        freshStream(),
        freshStream(),
      ];
      for (const stream of [truncated, deleted, tombstoned])
        await client().appendToStream(stream, proposed(3));
      await client().setStreamMetadata(truncated, { truncateBefore: 2 });
      await client().deleteStream(deleted);
      await client().tombstoneStream(tombstoned);
      const links = freshStream();
      const targets = [`0@${missing}`, `1@${truncated}`, `0@${deleted}`, `0@${tombstoned}`, `9@${truncated}`];
      await client().appendToStream(links, targets.map(linkTo));
      const read = await all(client().readStream(links, { resolveLinkTos: true }));
      expect(read.map(({ event }) => event)).toEqual(Array(5).fill(undefined));
      expect(read.map(({ link }) => Number(link?.revision))).toEqual([0, 1, 2, 3, 4]);
    });

    it('that names no revision is an event like any other', async () => {
      const links = freshStream();
      await client().appendToStream(links, linkTo('nowhere@all'));
      const [read] = await all(client().readStream(links, { resolveLinkTos: true }));
      expect(read?.event?.type).toBe('$>');
      expect(read?.link).toBeUndefined();
    });

    it('may lead to a stream with @ in its name', async () => {
      const [target, links] = [`${freshStream()}@home`, freshStream()];
      const events = proposed(1);
      await client().appendToStream(target, events);
      await client().appendToStream(links, linkTo(`0@${target}`));
      expect(ids(await all(client().readStream(links, { resolveLinkTos: true })))).toEqual([events[0]!.id]);
    });

    it('is resolved in subscriptions and in $all too', async () => {
      const [target, links] = [freshStream(), freshStream()];
      const events = proposed(1);
      await client().appendToStream(target, events);
      const { position } = await client().appendToStream(links, linkTo(`0@${target}`));
      const [live] = await first(1, client().subscribeToStream(links, { resolveLinkTos: true }));
      expect([live?.event?.id, live?.link?.streamId]).toEqual([events[0]!.id, links]);
      const [read] = await all(
        client().readAll({ fromPosition: position!, maxCount: 1, resolveLinkTos: true }),
      );
      expect([read?.event?.id, read?.link?.streamId]).toEqual([events[0]!.id, links]);
    });
  });
}
