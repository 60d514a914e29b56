import { END, type ResolvedEvent, START, type StreamSubscription } from '@eventstore/db-client';
import { first, freshStream, type Client, proposed, revisions } from './fixtures.contract.js';

export function streamSubscriptionContract(client: Client): void {
  describe('subscribing to a stream', () => {
    it('gives what is there, says once that it has caught up, then what comes', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(3));
      const heard: string[] = [];
      const subscription = client().subscribeToStream(stream, { fromRevision: START });
      subscription.on('confirmation', () => heard.push('confirmation'));
      subscription.on('caughtUp', () => {
        heard.push('caughtUp');
        void client().appendToStream(stream, proposed(2));
      });
      for await (const { event } of subscription) if (heard.push(String(event?.revision)) === 7) break;
      expect(heard).toEqual(['confirmation', '0', '1', '2', 'caughtUp', '3', '4']);
    });

    it('from a revision starts with the one after it', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(5));
      expect(revisions(await first(3, client().subscribeToStream(stream, { fromRevision: 1n })))).toEqual([
        2, 3, 4,
      ]);
    });

    it('from the end gives only what is new', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(5));
      const subscription = client().subscribeToStream(stream, { fromRevision: END });
      const seen = first(2, subscription);
      await confirmed(subscription);
      await client().appendToStream(stream, proposed(2));
      expect(revisions(await seen)).toEqual([5, 6]);
    });

    it('from beyond the end is live at once and skips what was not asked for', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(2));
      const subscription = client().subscribeToStream(stream, { fromRevision: 3n });
      const seen = first(1, subscription);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      await client().appendToStream(stream, proposed(4));
      expect(revisions(await seen)).toEqual([4]);
    });

    it('waits for a stream that is not there yet', async () => {
      const stream = freshStream();
      const subscription = client().subscribeToStream(stream);
      const seen = first(1, subscription);
      await confirmed(subscription);
      await client().appendToStream(stream, proposed(1));
      expect(revisions(await seen)).toEqual([0]);
    });

    it('loses and doubles nothing while the stream is written', async () => {
      const stream = freshStream();
      await client().appendToStream(stream, proposed(500));
      const seen = first(1500, client().subscribeToStream(stream));
      for (let at = 0; at < 100; at++) await client().appendToStream(stream, proposed(10));
      expect(revisions(await seen)).toEqual(Array.from({ length: 1500 }, (_, at) => at));
    });

    it('gives everything to everybody', async () => {
      const stream = freshStream();
      const subscriptions = Array.from({ length: 20 }, () => client().subscribeToStream(stream));
      const seen = subscriptions.map((subscription) => first(5, subscription));
      await Promise.all(subscriptions.map(confirmed));
      for (const event of proposed(5)) await client().appendToStream(stream, event);
      for (const events of await Promise.all(seen)) expect(revisions(events)).toEqual([0, 1, 2, 3, 4]);
    });

    it('ends when it is no longer wanted', async () => {
      const stream = freshStream();
      const subscription = client().subscribeToStream(stream);
      const seen: ResolvedEvent[] = [];
      subscription.on('data', (event: ResolvedEvent) => seen.push(event));
      await confirmed(subscription);
      await subscription.unsubscribe();
      await client().appendToStream(stream, proposed(1));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen).toEqual([]);
    });

    it('keeps to the pace of a slow reader', async () => {
      const stream = freshStream();
      for (let at = 0; at < 4; at++) await client().appendToStream(stream, proposed(1000));
      let seen = 0;
      for await (const { event } of client().subscribeToStream(stream)) {
        expect(event?.revision).toBe(BigInt(seen++));
        if (seen % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        if (seen === 4000) break;
      }
      expect(seen).toBe(4000);
    });
  });
}

function confirmed(subscription: StreamSubscription): Promise<void> {
  return new Promise((resolve) => subscription.once('confirmation', resolve));
}
