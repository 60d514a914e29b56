import { connect } from 'node:net';
import {
  CancelledError,
  EventStoreDBClient,
  jsonEvent,
  UnavailableError,
  type EventData,
} from '@eventstore/db-client';
import { startMeasuredNode, type MeasuredNode } from './measured-node.process.js';

const event = (): EventData => jsonEvent({ type: 'Happened', data: {} });
const UNARY = { credentials: { username: 'admin', password: 'changeit' } };

describe('a node that is closed while it is used', () => {
  let node: MeasuredNode;
  beforeEach(async () => (node = await startMeasuredNode()));
  afterEach(async () => expect(await node.stop()).toBe(false));

  it('cancels its subscriptions, tells writers that it is gone, and ends', async () => {
    const client = EventStoreDBClient.connectionString(node.connectionString);
    await client.appendToStream('s', event());
    const subscribed = [client.subscribeToStream('s'), client.subscribeToAll()].map(async (subscription) => {
      for await (const _ of subscription) void _;
    });
    const writing = [{}, UNARY].map(async (options) => {
      for (;;) await client.appendToStream('s', event(), options);
    });
    const idle = connect(node.port, '127.0.0.1').on('error', () => undefined);
    const outcomes = Promise.allSettled([...subscribed, ...writing]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await node.close();
    const [one, all, batch, unary] = (await outcomes).map(
      (outcome) => (outcome as PromiseRejectedResult).reason,
    );
    expect(one).toBeInstanceOf(CancelledError);
    expect(all).toBeInstanceOf(CancelledError);
    expect(batch).toBeInstanceOf(UnavailableError);
    expect(unary).toBeInstanceOf(UnavailableError);
    idle.destroy();
    await client.dispose();
  });
});
