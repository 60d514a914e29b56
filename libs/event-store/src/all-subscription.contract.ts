import { END, START, type AllStreamSubscription, type Position } from '@eventstore/db-client';
import { all, first, freshStream, ids, type Client, proposed } from './fixtures.contract.js';

export function allSubscriptionContract(client: Client): void {
  async function written(count: number): Promise<{ id: string; position: Position }[]> {
    const events = [];
    for (const event of proposed(count)) {
      const { position } = await client().appendToStream(freshStream(), event);
      events.push({ id: event.id, position: position! });
    }
    return events;
  }

  describe('subscribing to $all', () => {
    it('from the start gives everything from the first event on', async () => {
      const [one] = await all(client().readAll({ maxCount: 1 }));
      const [seen] = await first(1, client().subscribeToAll({ fromPosition: START }));
      expect(seen?.event?.id).toBe(one?.event?.id);
    });

    it('from a position starts after it, says once that it has caught up, then gives what comes', async () => {
      const [start, ...rest] = await written(4);
      const heard: string[] = [];
      const subscription = client().subscribeToAll({ fromPosition: start!.position });
      subscription.on('caughtUp', () => {
        heard.push('caughtUp');
        void client().appendToStream(freshStream(), proposed(1, 'Later'));
      });
      for await (const { event } of subscription) {
        heard.push(event!.type === 'Later' ? 'Later' : event!.id);
        if (event!.type === 'Later') break;
      }
      expect(heard).toEqual([...rest.map(({ id }) => id), 'caughtUp', 'Later']);
    });

    it('from the end gives only what is new', async () => {
      await written(2);
      const subscription = client().subscribeToAll({ fromPosition: END });
      const seen = first(2, subscription);
      await confirmed(subscription);
      const later = await written(2);
      expect(ids(await seen)).toEqual(later.map(({ id }) => id));
    });

    it('from beyond the end is live at once and skips what was not asked for', async () => {
      const beyond = { commit: 2n ** 62n, prepare: 2n ** 62n };
      const subscription = client().subscribeToAll({ fromPosition: beyond });
      let seen = 0;
      subscription.on('data', () => seen++);
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      await written(2);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await subscription.unsubscribe();
      expect(seen).toBe(0);
    });

    it('resumes at any event without loss or doubling', async () => {
      const events = await written(30);
      const whole = events.map(({ id }) => id);
      const heard: (string | undefined)[] = [];
      let fromPosition = events[0]!.position;
      for (const part of [7, 1, 21]) {
        const seen = await first(part, client().subscribeToAll({ fromPosition }));
        heard.push(...ids(seen));
        fromPosition = seen.at(-1)!.event!.position!;
      }
      expect(heard).toEqual(whole.slice(1));
    });

    it('delivers deletions and metadata too', async () => {
      const [start] = await written(1);
      const stream = freshStream();
      await client().appendToStream(stream, proposed(1));
      await client().setStreamMetadata(stream, { maxCount: 1 });
      await client().tombstoneStream(stream);
      const seen = await first(3, client().subscribeToAll({ fromPosition: start!.position }));
      expect(seen.map(({ event }) => [event?.streamId, event?.type])).toEqual([
        [stream, 'Happened'],
        [`$$${stream}`, '$metadata'],
        [stream, '$streamDeleted'],
      ]);
    });

    it('loses and doubles nothing while many write', async () => {
      const [start] = await written(1);
      const writers = Array.from({ length: 400 }, () => proposed(1)[0]!);
      const seen = first(400, client().subscribeToAll({ fromPosition: start!.position }));
      await Promise.all(writers.map((event) => client().appendToStream(freshStream(), event)));
      expect(ids(await seen).toSorted()).toEqual(writers.map(({ id }) => id).toSorted());
    });

    it('ends when it is no longer wanted', async () => {
      const subscription = client().subscribeToAll({ fromPosition: END });
      let seen = 0;
      subscription.on('data', () => seen++);
      await confirmed(subscription);
      await subscription.unsubscribe();
      await written(1);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen).toBe(0);
    });
  });
}

function confirmed(subscription: AllStreamSubscription): Promise<void> {
  return new Promise((resolve) => subscription.once('confirmation', resolve));
}
