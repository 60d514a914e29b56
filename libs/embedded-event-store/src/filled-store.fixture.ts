import { randomBytes } from 'node:crypto';
import { openStore, type Store } from './store.js';
import type { ProposedEvent } from './recorded-event.js';

export function happened(number: number, more: Partial<ProposedEvent> = {}): ProposedEvent {
  const id = randomBytes(16);
  const data = Buffer.from(JSON.stringify({ number }));
  return { id, type: 'Happened', json: true, metadata: Buffer.from('{"schema":1}'), data, ...more };
}

export function append(store: Store, stream: string, ...events: ProposedEvent[]): Promise<void> {
  return new Promise((resolve, reject) =>
    store.writer.append(stream, 'any', events, (error) => (error ? reject(error) : resolve())),
  );
}

/** A store with `events` events in ten streams, `stream-0` … `stream-9`, beside the one system event of every store. */
export async function fillStore(directory: string, events: number): Promise<void> {
  const store = openStore(directory);
  const work = Array.from({ length: events }, (_, at) => append(store, `stream-${at % 10}`, happened(at)));
  await Promise.all(work);
  store.close();
}
