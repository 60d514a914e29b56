import { resolved } from './link.js';
import { nextTurn } from './next-turn.js';
import { type Limit, PageSize } from './page-size.js';
import { shared, streams } from './protocol.js';
import type { ReadCall } from './read-call.js';
import type { ReadRequest } from './read-request.js';
import type { RecordedEvent } from './recorded-event.js';
import { streamDeleted } from './rpc-error.js';
import type { Store } from './store.js';
import type { Stream } from './stream.js';
import { firstVisible, oldestVisible } from './visibility.js';

/** Delivers up to `count` visible events of one stream and ends. The end of the stream is where it was at the start. */
export async function readStream(store: Store, call: ReadCall, request: ReadRequest): Promise<void> {
  const name = request.stream!;
  const stream = store.streams.get(name);
  if (store.streams.isTombstoned(stream)) return call.fail(streamDeleted(name));
  if (stream.last < 0 || store.streams.isSoftDeleted(stream)) {
    call.message(notFound(name));
    return call.end();
  }
  let left = request.count!;
  const size = new PageSize();
  const oldest = oldestVisible(store.streams.metadata(stream));
  const range = rangeOf(request, stream, firstVisible(stream.last, store.streams.metadata(stream)));
  while (left > 0 && range.next >= range.first && range.next <= range.last && call.open) {
    const events = nextPage(store, range, { ...size, rows: Math.min(size.rows, left) });
    size.grow();
    for (const event of events) {
      if (event.created < oldest) continue;
      left--;
      if (call.deliver(resolved(store, event, request.resolveLinks))) await call.flush();
    }
    if (left > 0) await nextTurn();
  }
  await call.end();
}

type Range = { number: number; next: number; first: number; last: number; step: 1 | -1 };

function rangeOf({ from, backwards }: ReadRequest, { number, last }: Stream, first: number): Range {
  if (backwards) {
    const next = from === 'start' ? 0 : from === 'end' ? last : Math.min(from, last);
    return { number, next, first, last, step: -1 };
  }
  const next = from === 'start' ? first : from === 'end' ? last + 1 : Math.max(from, first);
  return { number, next, first, last, step: 1 };
}

function nextPage(store: Store, range: Range, { rows, bytes }: Limit): RecordedEvent[] {
  const { number, next, first, last, step } = range;
  const events =
    step === 1
      ? store.log.forwards(number, next, { rows: Math.min(rows, last - next + 1), bytes })
      : store.log.backwards(number, next, { rows: Math.min(rows, next - first + 1), bytes });
  range.next += step * Math.max(events.length, 1);
  return events;
}

function notFound(name: string): Uint8Array {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(name));
  const content = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier);
  return new streams.ReadResp().setStreamNotFound(content).serializeBinary();
}
