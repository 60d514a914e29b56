import type { CallOptions, Metadata } from '@grpc/grpc-js';
import type { Readable } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Failure } from '../failure.js';
import type { Position, StoredEvent } from './stored.event.js';

const { Empty, StreamIdentifier, UUID } = shared;
const { AppendReq, ReadReq } = streams;
const { StreamsClient } = grpc;

// The client's own way to make a call, with its connection, discovery and credentials. It gives it to subclasses, and makes
// none of them itself; its public methods would parse JSON and write it anew.
type Calls = {
  execute<T>(
    client: typeof StreamsClient,
    name: string,
    work: (client: grpc.StreamsClient) => Promise<T>,
  ): Promise<T>;
  GRPCStreamCreator<T extends Readable>(
    client: typeof StreamsClient,
    name: string,
    work: (client: grpc.StreamsClient) => T,
  ): () => Promise<T>;
  callArguments(
    base: { deadline?: number; requiresLeader?: boolean },
    options?: CallOptions,
  ): [Metadata, CallOptions];
};

const APPEND_MS = 60_000;

/** One event store through the official client, events as bytes. */
export class Wire {
  readonly #client: EventStoreDBClient;
  readonly #calls: Calls;

  constructor(readonly url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
    this.#calls = this.#client as unknown as Calls;
  }

  /** The next events of $all from a position on, that one included. */
  page(from: Position | undefined, size: number): Promise<StoredEvent[]> {
    return this.#read(readAll(from, size));
  }

  /** The newest event of a stream; undefined when there is none to be read. */
  async newest(stream: string): Promise<StoredEvent | undefined> {
    return (await this.#read(readNewest(stream)))[0];
  }

  #read(request: streams.ReadReq): Promise<StoredEvent[]> {
    const open = this.#calls.GRPCStreamCreator(StreamsClient, 'readAll', (client) =>
      client.read(request, ...this.#calls.callArguments({}, { deadline: Infinity })),
    );
    return this.#asked(async () => {
      const events: StoredEvent[] = [];
      // To the end: the client takes a read that was left half-way for a broken connection.
      for await (const response of (await open()) as AsyncIterable<streams.ReadResp>) {
        const event = response.getEvent()?.getEvent();
        if (event) events.push(stored(event));
      }
      return events;
    });
  }

  /** Appends to a stream whose newest revision must be the one before. False when it is not. */
  async append(stream: string, events: StoredEvent[]): Promise<boolean> {
    const send = (client: grpc.StreamsClient): Promise<streams.AppendResp> =>
      new Promise((resolve, reject) => {
        const call = client.append(
          ...this.#calls.callArguments({ deadline: APPEND_MS, requiresLeader: true }),
          (error, answer) => (error ? reject(error) : resolve(answer)),
        );
        call.on('error', reject);
        call.write(header(stream, events[0]!.revision));
        for (const event of events) call.write(proposal(event));
        call.end();
      });
    return (await this.#asked(() => this.#calls.execute(StreamsClient, 'append', send))).hasSuccess();
  }

  /** Ends the stream for ever. */
  async tombstone(stream: string): Promise<void> {
    await this.#asked(() => this.#client.tombstoneStream(stream, { requiresLeader: true }));
  }

  /** Hides the stream's events. */
  async softDelete(stream: string): Promise<void> {
    await this.#asked(() => this.#client.deleteStream(stream, { requiresLeader: true }));
  }

  /** The position of the newest event of all; 0 when there is none. */
  head(): Promise<bigint> {
    return this.#asked(async () => {
      let head = 0n;
      const newest = this.#client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
      for await (const { commitPosition } of newest) head = commitPosition ?? head;
      return head;
    });
  }

  async dispose(): Promise<void> {
    await this.#client.dispose();
  }

  // What a store answers is for whoever runs it to see; the password in its address is not.
  async #asked<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const { message, details = message } = error as Error & { details?: string };
      const address = this.url.replace(/\/\/[^@/]*@/, '//').replace(/\?.*/, '');
      throw new Failure(`${address}: ${details.trim()}\nRun it again to go on: nothing doubles.`);
    }
  }
}

function readAll(from: Position | undefined, size: number): streams.ReadReq {
  const all = new ReadReq.Options.AllOptions();
  if (from) {
    const at = new ReadReq.Options.Position();
    all.setPosition(at.setCommitPosition(String(from.commit)).setPreparePosition(String(from.prepare)));
  } else all.setStart(new Empty());
  return read(size, (options) => options.setAll(all));
}

function readNewest(name: string): streams.ReadReq {
  const stream = new ReadReq.Options.StreamOptions()
    .setStreamIdentifier(identifier(name))
    .setEnd(new Empty());
  return read(1, (options) =>
    options.setStream(stream).setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS),
  );
}

function read(
  size: number,
  what: (options: streams.ReadReq.Options) => streams.ReadReq.Options,
): streams.ReadReq {
  const options = new ReadReq.Options()
    .setCount(String(size))
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()))
    .setNoFilter(new Empty());
  return new ReadReq().setOptions(what(options));
}

const identifier = (stream: string): shared.StreamIdentifier =>
  new StreamIdentifier().setStreamName(Buffer.from(stream));

function stored(event: streams.ReadResp.ReadEvent.RecordedEvent): StoredEvent {
  const map = event.getMetadataMap();
  return {
    stream: Buffer.from(event.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8'),
    revision: BigInt(event.getStreamRevision()),
    id: event.getId()!.getString(),
    type: map.get('type') ?? '',
    json: map.get('content-type') === 'application/json',
    metadata: event.getCustomMetadata_asU8(),
    data: event.getData_asU8(),
    created: new Date(Number(BigInt(map.get('created') ?? 0) / 10_000n)).toISOString(), // ticks of 100 ns
    position: { commit: BigInt(event.getCommitPosition()), prepare: BigInt(event.getPreparePosition()) },
  };
}

function header(stream: string, first: bigint): streams.AppendReq {
  const options = new AppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  if (first === 0n) options.setNoStream(new Empty());
  else options.setRevision(String(first - 1n));
  return new AppendReq().setOptions(options);
}

function proposal({ id, type, json, metadata, data }: StoredEvent): streams.AppendReq {
  const message = new AppendReq.ProposedMessage();
  message.setId(new UUID().setString(id)).setCustomMetadata(metadata).setData(data);
  message
    .getMetadataMap()
    .set('type', type)
    .set('content-type', json ? 'application/json' : 'application/octet-stream');
  return new AppendReq().setProposedMessage(message);
}
