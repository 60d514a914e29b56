import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { startNode, type EventStoreNode } from './node.js';
import { shared, streams } from './protocol.js';

/** A node in a directory of its own and a bare gRPC client, for what the official client never sends. */
export type RawNode = {
  node: EventStoreNode;
  directory: string;
  client: StreamsClient;
  stop(): Promise<void>;
};

export async function startRawNode(): Promise<RawNode> {
  const directory = await mkdtemp(join(tmpdir(), 'event-store-'));
  const node = await startNode({ directory });
  const client = new StreamsClient(`127.0.0.1:${node.port}`, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
  });
  const stop = async (): Promise<void> => {
    client.close();
    await node.close();
    await rm(directory, { recursive: true });
  };
  return { node, directory, client, stop };
}

export function identifier(stream: string): shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
}

export function uuid(text: string = randomUUID()): shared.UUID {
  return new shared.UUID().setString(text);
}

/** A proposed message of either kind of append, complete unless `without` names what to leave out. */
export function propose<M extends streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage>(
  message: M,
  fields: { id?: shared.UUID; bytes?: number; without?: 'type' | 'content-type' } = {},
): M {
  message.setId(fields.id ?? uuid());
  if (fields.without !== 'type') message.getMetadataMap().set('type', 'Happened');
  if (fields.without !== 'content-type') message.getMetadataMap().set('content-type', 'application/json');
  message.setData(Buffer.alloc(fields.bytes ?? 2, '{}'));
  return message;
}

/** A read of $all from the start, forwards, without a filter; change it as the case needs. */
export function readAllOptions(): streams.ReadReq.Options {
  const all = new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty());
  const strings = new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty());
  return new streams.ReadReq.Options()
    .setAll(all)
    .setCount('100')
    .setNoFilter(new shared.Empty())
    .setUuidOption(strings);
}

export function readStreamOptions(stream: string): streams.ReadReq.Options {
  const from = new streams.ReadReq.Options.StreamOptions()
    .setStreamIdentifier(identifier(stream))
    .setStart(new shared.Empty());
  return readAllOptions().setStream(from);
}

export type Ended = { responses: streams.ReadResp[]; error?: ServiceError };

/** Everything a read answers until it ends, with its error if there is one. */
export function readToEnd(client: StreamsClient, options: streams.ReadReq.Options): Promise<Ended> {
  return toEnd(client.read(new streams.ReadReq().setOptions(options)));
}

export function toEnd(call: ClientReadableStream<streams.ReadResp>): Promise<Ended> {
  const responses: streams.ReadResp[] = [];
  return new Promise((resolve) => {
    call.on('data', (response: streams.ReadResp) => responses.push(response));
    call.on('error', (error: ServiceError) => resolve({ responses, error }));
    call.on('end', () => resolve({ responses }));
  });
}
