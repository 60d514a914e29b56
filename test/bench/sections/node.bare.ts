import { randomUUID } from 'node:crypto';
import { credentials } from '@grpc/grpc-js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { empty, shared, streams } from '../../../libs/embedded-event-store/src/protocol.js';
import { sampleEvent } from './node.sample.js';

const READ = '/event_store.client.streams.Streams/Read';
const BATCH_APPEND = '/event_store.client.streams.Streams/BatchAppend';
const asIs = (bytes: Buffer): Buffer => bytes;

const connect = (url: string): StreamsClient =>
  new StreamsClient(new URL(url.replace('esdb:', 'http:')).host, credentials.createInsecure());

/** Events of $all per second, of a client that counts the messages and decodes none: what a node can send. */
export async function readUndecoded(url: string, count: number): Promise<number> {
  const client = connect(url);
  const options = new streams.ReadReq.Options()
    .setAll(new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty()))
    .setCount(String(count))
    .setNoFilter(new shared.Empty())
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  const request = Buffer.from(new streams.ReadReq().setOptions(options).serializeBinary());
  const start = performance.now();
  let read = 0;
  for await (const _ of client.makeServerStreamRequest(READ, asIs, asIs, request)) read += 1;
  const seconds = (performance.now() - start) / 1_000;
  client.close();
  if (read < count) throw new Error(`${read} of ${count} events`);
  return read / seconds;
}

/** Appends per second of messages that were encoded beforehand, so many in flight: what a node can take. */
export async function appendReadyMade(url: string, count: number, inFlight: number): Promise<number> {
  const requests = Array.from({ length: count }, readyMadeAppend);
  const client = connect(url);
  const call = client.makeBidiStreamRequest(BATCH_APPEND, asIs, streams.BatchAppendResp.deserializeBinary);
  const start = performance.now();
  let [sent, answered] = [0, 0];
  const send = (): void => {
    const request = requests[sent];
    if (request) call.write(request);
    sent += 1;
  };
  for (let index = 0; index < inFlight; index += 1) send();
  for await (const answer of call as AsyncIterable<streams.BatchAppendResp>) {
    if (!answer.hasSuccess()) throw new Error(answer.getError()?.getMessage());
    answered += 1;
    if (answered === count) call.end();
    else send();
  }
  const seconds = (performance.now() - start) / 1_000;
  client.close();
  return count / seconds;
}

function readyMadeAppend(): Buffer {
  const { id, type, data, metadata } = sampleEvent();
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(Buffer.from(JSON.stringify(data)))
    .setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  const stream = new shared.StreamIdentifier().setStreamName(Buffer.from(`request-${randomUUID()}`));
  const options = new streams.BatchAppendReq.Options()
    .setStreamIdentifier(stream)
    .setNoStream(new empty.Empty());
  return Buffer.from(
    new streams.BatchAppendReq()
      .setCorrelationId(new shared.UUID().setString(randomUUID()))
      .setOptions(options)
      .setProposedMessagesList([message])
      .setIsFinal(true)
      .serializeBinary(),
  );
}
