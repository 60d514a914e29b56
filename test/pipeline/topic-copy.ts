import { type StoredRecord, fromRecord, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';
import type { Violation } from '../reliability/violation.js';

type Topic = ReadonlyMap<number, readonly StoredRecord[]>;

/**
 * What is wrong with a topic as a copy of `$all`: in each partition the first occurrences must be exactly the events that belong
 * there, in their order, each naming the one before. Empty when nothing is.
 */
export function flaws(log: readonly Recorded[], topic: Topic): Violation[] {
  return [...topic].flatMap(([partition, records]) => {
    const due = log.filter(({ stream }) => partitionOf(stream, topic.size) === partition);
    return [...differences(partition, due, firsts(records))];
  });
}

/** Records that every reader skips: they stand there a second time. */
export function repeats(topic: Topic): number {
  const all = [...topic.values()];
  return all.reduce((sum, records) => sum + records.length - firsts(records).length, 0);
}

type Placed = { id: string; position: bigint; previous: bigint };

// As every reader takes them: what is at or below the last position came twice, what does not follow it stands behind a hole.
function firsts(records: readonly StoredRecord[]): Placed[] {
  const found: Placed[] = [];
  for (const record of records) {
    const { id, position, prevposition } = fromRecord(record);
    const last = found.at(-1)?.position ?? 0n;
    if (position > last && prevposition <= last) found.push({ id, position, previous: prevposition });
  }
  return found;
}

function* differences(
  partition: number,
  due: readonly Recorded[],
  found: readonly Placed[],
): Generator<Violation> {
  for (const [index, { id, position }] of due.entries()) {
    const there = found[index];
    const at = `partition ${partition}, position ${position}`;
    const more = due.length - index - 1;
    if (!there) return yield { kind: 'lost', what: `${at}: nothing is there, and ${more} more are missing` };
    if (there.id !== id || there.position !== position)
      return yield { kind: 'disorder', what: `${at}: ${there.position} stands there` };
    const before = due[index - 1]?.position ?? 0n;
    if (there.previous !== before)
      return yield { kind: 'disorder', what: `${at}: names ${there.previous} and not ${before} before it` };
  }
  if (found.length > due.length)
    yield { kind: 'doubled', what: `partition ${partition}: ${found.length - due.length} too many` };
}
