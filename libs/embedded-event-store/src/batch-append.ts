import type { ServerDuplexStream } from '@grpc/grpc-js';
import {
  badRequest,
  batchAccessDenied,
  batchError,
  batchTimeout,
  batchTooLarge,
  notWritten,
  outcomeResponse,
  type BatchError,
} from './batch-response.js';
import { expectedOf, proposedEvent, proposedSize, streamName } from './proposed-event.js';
import { shared, type streams } from './protocol.js';
import type { ProposedEvent } from './recorded-event.js';
import type { Expected } from './revision-check.js';
import { MAX_APPEND_BYTES } from './rpc-error.js';
import { ShuttingDown } from './shutting-down.js';
import type { Store } from './store.js';
import { uuidBytes, uuidText } from './uuid.js';

type Call = ServerDuplexStream<streams.BatchAppendReq, Buffer[]>;
type Pending = {
  correlation: string;
  stream: string;
  expected: Expected;
  events: ProposedEvent[];
  size: number;
  timer?: NodeJS.Timeout;
  deadline: number;
};

const WRITE_TIMEOUT_MS = 2000;
// What a call may have under way, in bytes of events, before it is made to wait.
const MOST_HELD_BYTES = 16 * 1024 * 1024;

/** Many appends over one long call, told apart by correlation id. Each gets exactly one answer, in any order. */
export function batchAppend(store: Store, call: Call): void {
  new BatchAppend(store, call).listen();
}

class BatchAppend {
  readonly #pending = new Map<string, Pending>();
  #unanswered = 0;
  #heldBytes = 0;
  #draining = false;
  #halfClosed = false;
  #page: Buffer[] = [];

  constructor(
    private readonly store: Store,
    private readonly call: Call,
  ) {}

  listen(): void {
    this.call.on('data', (request: streams.BatchAppendReq) => this.#receive(request));
    this.call.on('end', () => {
      this.#halfClosed = true;
      for (const pending of this.#pending.values()) this.#refuse(pending, batchTimeout());
      this.#endWhenDone();
    });
    this.call.on('cancelled', () => {
      for (const { timer } of this.#pending.values()) clearTimeout(timer);
      this.#pending.clear();
    });
  }

  #receive(request: streams.BatchAppendReq): void {
    const id = uuidBytes(request.getCorrelationId());
    if (!id) return;
    const correlation = uuidText(id);
    const options = request.getOptions();
    const pending = options ? this.#begin(correlation, options) : this.#pending.get(correlation);
    // The rest of an append that was refused already: it has had its answer.
    if (!pending) return;
    for (const message of request.getProposedMessagesList()) {
      const event = proposedEvent(message);
      if (event === 'missing-metadata')
        return this.#refuse(pending, badRequest('An event lacks its type or content-type.'));
      if (event === 'bad-id') return this.#refuse(pending, badRequest('The id of an event is not a UUID.'));
      const size = proposedSize(event);
      pending.size += size;
      this.#heldBytes += size;
      if (pending.size > MAX_APPEND_BYTES) return this.#refuse(pending, batchTooLarge());
      pending.events.push(event);
    }
    this.#paceClient();
    if (request.getIsFinal()) this.#write(pending);
    else
      pending.timer ??= setTimeout(
        () => this.#refuse(pending, batchTimeout()),
        pending.deadline - Date.now(),
      );
  }

  #begin(correlation: string, options: streams.BatchAppendReq.Options): Pending | undefined {
    const stream = streamName(options.getStreamIdentifier()) ?? '';
    const now = Date.now();
    const timeout = Math.min(deadlineOf(options) - now, WRITE_TIMEOUT_MS);
    const revision = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
    const expected = expectedOf(options, revision);
    const pending: Pending = { correlation, stream, expected, events: [], size: 0, deadline: now + timeout };
    this.#forget(correlation);
    this.#pending.set(correlation, pending);
    this.#unanswered++;
    if (stream === '$all') return this.#refuse(pending, batchAccessDenied());
    if (stream === '')
      return this.#refuse(pending, badRequest('The append names no stream, or one that cannot be.'));
    if (timeout <= 0) return this.#refuse(pending, batchTimeout());
    return pending;
  }

  #write(pending: Pending): void {
    this.#take(pending);
    this.store.writer.append(pending.stream, pending.expected, pending.events, (error, outcome) => {
      // The node is about to end the call, which tells the client to try elsewhere; an answer of its own would not.
      if (error instanceof ShuttingDown) return;
      this.#answer(
        pending,
        outcome ? outcomeResponse(pending.stream, pending.expected, outcome) : batchError(notWritten(error)),
      );
    });
  }

  #refuse(pending: Pending, error: BatchError): undefined {
    this.#take(pending);
    this.#answer(pending, batchError(error));
  }

  #take(pending: Pending): void {
    clearTimeout(pending.timer);
    this.#pending.delete(pending.correlation);
  }

  // A correlation id begun anew replaces the append before it, which then never gets an answer of its own.
  #forget(correlation: string): void {
    const replaced = this.#pending.get(correlation);
    if (!replaced) return;
    this.#take(replaced);
    this.#unanswered--;
    this.#heldBytes -= replaced.size;
  }

  // Answers to one commit come one after the other: they leave together.
  #answer(pending: Pending, response: streams.BatchAppendResp): void {
    response.setCorrelationId(new shared.UUID().setString(pending.correlation));
    response.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(pending.stream)));
    this.#page.push(Buffer.from(response.serializeBinary()));
    this.#unanswered--;
    this.#heldBytes -= pending.size;
    if (this.#page.length === 1) queueMicrotask(() => this.#send());
  }

  #send(): void {
    const page = this.#page;
    this.#page = [];
    const open = !this.call.destroyed && !this.call.writableEnded;
    if (open && !this.call.write(page) && !this.#draining) {
      this.#draining = true;
      this.call.once('drain', () => this.#drained());
    }
    this.#paceClient();
    this.#endWhenDone();
  }

  #drained(): void {
    this.#draining = false;
    this.#paceClient();
  }

  // Who does not read its answers, or sends faster than the disk takes, is not read from: the wait is its own, not our memory.
  #paceClient(): void {
    const ahead = this.#draining || this.#heldBytes > MOST_HELD_BYTES;
    if (ahead !== this.call.isPaused()) void (ahead ? this.call.pause() : this.call.resume());
  }

  #endWhenDone(): void {
    if (this.#halfClosed && this.#unanswered === 0 && this.#page.length === 0) this.call.end();
  }
}

function deadlineOf(options: streams.BatchAppendReq.Options): number {
  const deadline = options.getDeadline();
  return deadline ? deadline.getSeconds() * 1000 + deadline.getNanos() / 1e6 : Number.POSITIVE_INFINITY;
}
