import { type StoredRecord, fromRecord, partitionOf } from '#event-bus';
import type { Recorded } from '#event-sourcing';

/**
 * What is wrong with a topic as a copy of `$all`: in each partition the first occurrences must be exactly the events that belong
 * there, in their order, each naming the one before. Empty when nothing is.
 */
export function flaws(
  log: readonly Recorded[],
  topic: ReadonlyMap<number, readonly StoredRecord[]>,
): string[] {
  return [...topic].flatMap(([partition, records]) => {
    const due = log.filter(({ stream }) => partitionOf(stream, topic.size) === partition);
    return [...differences(partition, due, firsts(records))];
  });
}

type Placed = { id: string; position: bigint; previous: bigint };

// As every reader takes them: what is at or below the last position came twice.
function firsts(records: readonly StoredRecord[]): Placed[] {
  const found: Placed[] = [];
  for (const record of records) {
    const { id, position, prevposition } = fromRecord(record);
    if (position > (found.at(-1)?.position ?? 0n)) found.push({ id, position, previous: prevposition });
  }
  return found;
}

function* differences(
  partition: number,
  due: readonly Recorded[],
  found: readonly Placed[],
): Generator<string> {
  for (const [index, { id, position }] of due.entries()) {
    const there = found[index];
    const at = `partition ${partition}, position ${position}`;
    if (!there) return yield `${at}: nothing is there, and ${due.length - index - 1} more are missing`;
    if (there.id !== id || there.position !== position) return yield `${at}: ${there.position} stands there`;
    const before = due[index - 1]?.position ?? 0n;
    if (there.previous !== before) return yield `${at}: names ${there.previous} and not ${before} before it`;
  }
  if (found.length > due.length) yield `partition ${partition}: ${found.length - due.length} too many`;
}
