import { randomUUID } from 'node:crypto';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { features, gossip, shared } from './protocol.js';

const STREAMS = 'event_store.client.streams.streams';
const METHODS: [service: string, method: string, features: string[]][] = [
  [STREAMS, 'append', []],
  [STREAMS, 'batchappend', []],
  [STREAMS, 'read', ['position', 'events']],
  [STREAMS, 'delete', []],
  [STREAMS, 'tombstone', []],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

// Clients choose their ways by this version: batch append from 21.10, positions in stream reads from 22.6.
const SPOKEN_VERSION = '24.10.4';
const INSTANCE = randomUUID();

/** What this node can do. Must never fail: a client remembers a failure for as long as it lives. */
export function supportedMethods(reply: sendUnaryData<features.SupportedMethods>): void {
  const methods = METHODS.map(([service, method, names]) => {
    return new features.SupportedMethod()
      .setServiceName(service)
      .setMethodName(method)
      .setFeaturesList(names);
  });
  reply(
    null,
    new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(SPOKEN_VERSION),
  );
}

/** A cluster of one, at the address by which the caller reached it: right behind any port mapping. */
export function clusterInfo(
  call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>,
  port: number,
  reply: sendUnaryData<gossip.ClusterInfo>,
): void {
  // Not http://, of which a URL does not keep the port 80.
  const called = `esdb://${call.getHost()}`;
  const host = URL.canParse(called) ? new URL(called) : undefined;
  const address = host?.hostname.replace(/^\[|\]$/g, '') ?? '127.0.0.1';
  const member = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(INSTANCE))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(
      new gossip.EndPoint().setAddress(address).setPort(host?.port ? Number(host.port) : port),
    );
  reply(null, new gossip.ClusterInfo().setMembersList([member]));
}
