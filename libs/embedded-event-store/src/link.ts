import { ONE } from './page-size.js';
import type { Delivered } from './read-encoding.js';
import { TOMBSTONE, type RecordedEvent } from './recorded-event.js';
import type { Store } from './store.js';
import { firstVisible, oldestVisible } from './visibility.js';

/** The event as a read delivers it: a link (type `$>`, data `revision@stream`) with its target, if links are to be resolved. */
export function resolved(store: Store, event: RecordedEvent, resolveLinks: boolean): Delivered {
  if (!resolveLinks || event.type !== '$>') return { event };
  const text = Buffer.from(event.data).toString('utf8');
  const at = text.indexOf('@');
  if (at < 0 || !/^\d+$/.test(text.slice(0, at))) return { event };
  const target = readable(store, text.slice(at + 1), Number(text.slice(0, at)));
  return target ? { event: target, link: event } : { link: event };
}

function readable(store: Store, name: string, revision: number): RecordedEvent | undefined {
  const stream = store.streams.get(name);
  if (stream.last < revision || store.streams.isTombstoned(stream) || revision >= TOMBSTONE) return undefined;
  const metadata = store.streams.metadata(stream);
  if (revision < firstVisible(stream.last, metadata)) return undefined;
  const target = store.log.forwards(stream.number, revision, ONE)[0];
  return target && target.created >= oldestVisible(metadata) ? target : undefined;
}
