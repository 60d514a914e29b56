import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { clusterInfo, supportedMethods } from './cluster.js';
import { Listener } from './listener.js';
import { OpenCalls } from './open-calls.js';
import type { features, gossip, shared } from './protocol.js';
import { read } from './read.js';
import { softDelete, tombstone } from './removal.js';
import { openStore, type Store } from './store.js';

export type NodeOptions = {
  /** Where the events are kept; created when absent. */
  directory: string;
  /** Port on the loopback; 0 or absent takes a free one. */
  port?: number;
};

export type EventStoreNode = {
  port: number;
  /** For any EventStoreDB client. */
  connectionString: string;
  /** Finishes accepted appends, ends open calls, closes the store and gives up its lock. */
  close(): Promise<void>;
};

const LARGEST_MESSAGE = 17 * 1024 * 1024;
// A connection that does not even answer HTTP/2 pings (half open, or no HTTP/2 at all) is dropped after the sum of both.
const PING_EVERY_MS = 20_000;
const PING_PATIENCE_MS = 20_000;
const GRACE_MS = 500;

/** Starts the node in the calling thread. Throws EventStoreUnavailable. */
export async function startNode({ directory, port = 0 }: NodeOptions): Promise<EventStoreNode> {
  const store = openStore(directory);
  const calls = new OpenCalls();
  const server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.keepalive_time_ms': PING_EVERY_MS,
    'grpc.keepalive_timeout_ms': PING_PATIENCE_MS,
    interceptors: [calls.interceptor],
  });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = new Listener((connection) => injector.injectConnection(connection));
  try {
    let bound = port;
    addServices(server, store, () => bound);
    bound = await listener.open(port);
    let closing: Promise<void> | undefined;
    return {
      port: bound,
      connectionString: `esdb://127.0.0.1:${bound}?tls=false`,
      close: () => (closing ??= close(server, listener, calls, store)),
    };
  } catch (error) {
    server.forceShutdown();
    store.close();
    throw error;
  }
}

function addServices(server: Server, store: Store, port: () => number): void {
  const { read: readMethod, batchAppend: batchMethod } = StreamsService;
  // Answers come encoded, in pages; see OpenCalls.
  const service = {
    ...StreamsService,
    read: { ...readMethod, responseSerialize: asIs },
    batchAppend: { ...batchMethod, responseSerialize: asIs },
  };
  server.addService(service, {
    append: append.bind(undefined, store),
    batchAppend: batchAppend.bind(undefined, store),
    read: read.bind(undefined, store),
    delete: softDelete.bind(undefined, store),
    tombstone: tombstone.bind(undefined, store),
  });
  server.addService(ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, reply: sendUnaryData<features.SupportedMethods>) =>
      supportedMethods(reply),
  });
  server.addService(GossipService, {
    read: (
      call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>,
      reply: sendUnaryData<gossip.ClusterInfo>,
    ) => clusterInfo(call, port(), reply),
  });
}

// The order matters: what was accepted is committed and answered before the calls end, and nothing reads a closed database.
async function close(server: Server, listener: Listener, calls: OpenCalls, store: Store): Promise<void> {
  const ended = listener.close();
  store.stopWriting();
  await new Promise(setImmediate);
  server.tryShutdown(() => undefined);
  calls.endAll();
  const grace = setTimeout(() => listener.cut(), GRACE_MS);
  await ended;
  clearTimeout(grace);
  store.close();
}

function asIs(encoded: Buffer): Buffer {
  return encoded;
}
