import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { features, gossip, shared, streams } from './protocol.js';
import { startNode } from './node.js';
import {
  readAllOptions,
  readStreamOptions,
  readToEnd,
  startRawNode,
  toEnd,
  type RawNode,
} from './raw-client.fixture.js';

const same = (bytes: Buffer): Buffer => bytes;

describe('the node', () => {
  let raw: RawNode;
  let address: string;
  beforeAll(async () => {
    raw = await startRawNode();
    address = `127.0.0.1:${raw.node.port}`;
  });
  afterAll(() => raw.stop());

  it('names its methods in lower case, and a version that speaks batch append', async () => {
    const client = new ServerFeaturesClient(address, credentials.createInsecure());
    const supported = await new Promise<features.SupportedMethods>((resolve, reject) => {
      client.getSupportedMethods(new shared.Empty(), (error, response) =>
        error ? reject(error) : resolve(response),
      );
    });
    client.close();
    const names = supported
      .getMethodsList()
      .map((method) => `${method.getServiceName()}/${method.getMethodName()}`);
    expect(names).toContain('event_store.client.streams.streams/batchappend');
    // A client that found deadline_duration there would give its deadline in a field that is not read.
    const batchAppend = supported.getMethodsList().find((method) => method.getMethodName() === 'batchappend');
    expect(batchAppend?.getFeaturesList()).toEqual([]);
    expect(names.join()).toBe(names.join().toLowerCase());
    expect(supported.getEventStoreServerVersion()).toMatch(/^24\.10\.\d+$/);
  });

  it.each([
    ['127.0.0.1:2112', { address: '127.0.0.1', port: 2112 }],
    ['localhost:2113', { address: 'localhost', port: 2113 }],
    ['proxy.example:80', { address: 'proxy.example', port: 80 }],
    ['[::1]:443', { address: '::1', port: 443 }],
  ])('is a cluster of one, at the address the caller used: %s', async (authority, endpoint) => {
    const called = { 'grpc.default_authority': authority };
    const client = new GossipClient(address, credentials.createInsecure(), called);
    const cluster = await new Promise<gossip.ClusterInfo>((resolve, reject) => {
      client.read(new shared.Empty(), (error, response) => (error ? reject(error) : resolve(response)));
    });
    client.close();
    const [member, ...others] = cluster.getMembersList();
    expect(others).toEqual([]);
    expect([member?.getState(), member?.getIsAlive()]).toEqual([gossip.MemberInfo.VNodeState.LEADER, true]);
    expect(member?.getHttpEndPoint()?.toObject()).toEqual(endpoint);
  });

  it.each([
    'persistent_subscriptions.PersistentSubscriptions/Read',
    'persistent_subscriptions.PersistentSubscriptions/Create',
    'projections.Projections/Create',
    'users.Users/Create',
    'operations.Operations/StartScavenge',
    'monitoring.Monitoring/Stats',
    'streams.Streams/Nonsense',
  ])('says of %s that it is not implemented, at once, though the client has not finished', async (method) => {
    const client = new Client(address, credentials.createInsecure());
    const call = client.makeBidiStreamRequest(`/event_store.client.${method}`, same, same);
    const [error] = (await once(call, 'error')) as [ServiceError];
    client.close();
    expect(error.code).toBe(status.UNIMPLEMENTED);
  });

  const logins: [header: string | undefined, code: status | undefined][] = [
    [undefined, undefined],
    [`Basic ${Buffer.from('admin:changeit').toString('base64')}`, undefined],
    [`Basic ${Buffer.from('admin:wrong').toString('base64')}`, status.UNAUTHENTICATED],
    [`Basic ${Buffer.from('nobody:changeit').toString('base64')}`, status.UNAUTHENTICATED],
    ['Bearer x', status.UNAUTHENTICATED],
    ['', status.UNAUTHENTICATED],
  ];
  it.each(logins)('meets the authorization %j with %s', async (header, code) => {
    const metadata = new Metadata();
    if (header !== undefined) metadata.set('authorization', header);
    const { error } = await toEnd(
      raw.client.read(new streams.ReadReq().setOptions(readAllOptions()), metadata),
    );
    expect(error?.code).toBe(code);
  });

  it('outlives garbage: other protocols, half a handshake, bytes by chance', async () => {
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const talk = [
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      '',
      randomBytes(5000),
      preface,
      Buffer.concat([preface, randomBytes(500)]),
    ];
    const sockets = talk.map((bytes) => {
      const socket = connect(raw.node.port, '127.0.0.1', () => socket.write(bytes));
      return socket.on('error', () => undefined);
    });
    await wait(100);
    for (const socket of sockets) socket.destroy();
    expect((await readToEnd(raw.client, readAllOptions())).responses).not.toHaveLength(0);
  });

  it('outlives messages of bytes by chance in every method', async () => {
    const client = new Client(address, credentials.createInsecure());
    for (const method of ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone']) {
      for (let at = 0; at < 20; at++) {
        const call = client.makeBidiStreamRequest(
          `/event_store.client.streams.Streams/${method}`,
          same,
          same,
        );
        call.on('error', () => undefined).on('data', () => undefined);
        call.write(randomBytes(at * 10));
        call.end();
        await Promise.race([new Promise((resolve) => call.on('status', resolve)), wait(300)]);
        call.cancel();
      }
    }
    client.close();
    expect((await readToEnd(raw.client, readAllOptions())).responses).not.toHaveLength(0);
  });
});

describe('a restarted node', () => {
  it('knows an append that is repeated, whatever was expected', async () => {
    const { node, directory, client: rawClient } = await startRawNode();
    const events = [1, 2].map(() => jsonEvent({ type: 'x', data: {} }));
    const before = EventStoreDBClient.connectionString(node.connectionString);
    const { position } = await before.appendToStream('s', events);
    await before.dispose();
    rawClient.close();
    await node.close();

    const again = await startNode({ directory });
    const after = EventStoreDBClient.connectionString(again.connectionString);
    for (const expectedRevision of ['any', 'no_stream', 'stream_exists'] as const) {
      const repeated = await after.appendToStream('s', events, { expectedRevision });
      expect(repeated).toMatchObject({ nextExpectedRevision: 1n, position });
    }
    await after.dispose();
    await again.close();
    await rm(directory, { recursive: true });
  });
});

describe('closing the node', () => {
  it('first finishes what was accepted, then ends what is open as cancelled', async () => {
    const { node, directory, client: rawClient } = await startRawNode();
    const client = EventStoreDBClient.connectionString(node.connectionString);
    await client.appendToStream('s', jsonEvent({ type: 'x', data: {} }));
    const open = readStreamOptions('s').setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
    const subscribed = toEnd(rawClient.read(new streams.ReadReq().setOptions(open)));
    const appends = Array.from({ length: 50 }, () =>
      client.appendToStream('s', jsonEvent({ type: 'x', data: {} })),
    );
    await appends[0];
    await node.close();
    const { error } = await subscribed;
    expect(error?.code).toBe(status.CANCELLED);
    const outcomes = await Promise.allSettled(appends);
    await client.dispose();
    rawClient.close();

    const again = await startNode({ directory });
    const reader = EventStoreDBClient.connectionString(again.connectionString);
    let stored = 0;
    for await (const event of reader.readStream('s')) if (event.event) stored++;
    await reader.dispose();
    await again.close();
    await rm(directory, { recursive: true });
    const acknowledged = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(stored - 1).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThan(0);
  });

  it('may be asked for twice, at once and afterwards', async () => {
    const { node, directory, client } = await startRawNode();
    client.close();
    await Promise.all([node.close(), node.close()]);
    await node.close();
    const again = await startNode({ directory });
    await again.close();
    await rm(directory, { recursive: true });
  });

  it('does not wait for a reader that has stopped reading', async () => {
    const { node, directory, client } = await startRawNode();
    const writer = EventStoreDBClient.connectionString(node.connectionString);
    for (let at = 0; at < 20; at++) {
      await writer.appendToStream('s', jsonEvent({ type: 'x', data: { text: 'x'.repeat(500_000) } }));
    }
    const stuck = client.read(new streams.ReadReq().setOptions(readStreamOptions('s')));
    stuck.on('error', () => undefined);
    await wait(50);
    const started = Date.now();
    await Promise.all([node.close(), wait(1)]);
    expect(Date.now() - started).toBeLessThan(2000);
    await writer.dispose();
    client.close();
    await rm(directory, { recursive: true });
  });
});
