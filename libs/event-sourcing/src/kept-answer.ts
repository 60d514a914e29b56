import { eventId, nameId } from './event-id.js';
import type { Metadata, Recorded } from './event.js';
import type { Streams } from './streams.js';

/**
 * Stored where a command under a client's key was in effect already: it made no event that could say so, and said again later
 * it might not be in effect any more.
 */
type AnswerKept = { type: 'AnswerKept'; data: { revision: string } };

type Keyed = { stream: string; key: string; keyGiven?: boolean; metadata: Metadata };

const keptStream = ({ stream, key }: Keyed): string => `key-${nameId(`${stream}\n${key}`)}`;

/** What was kept under the key for this stream. */
export async function keptAnswer(streams: Streams, keyed: Keyed): Promise<Recorded<AnswerKept> | undefined> {
  return keyed.keyGiven ? (await streams.read<AnswerKept>(keptStream(keyed))).at(0) : undefined;
}

/** Keeps which revision was answered. Throws `LostRace` where the same key was faster. */
export async function keepAnswer(streams: Streams, keyed: Keyed, revision: bigint): Promise<void> {
  if (!keyed.keyGiven) return;
  const stream = keptStream(keyed);
  const kept: AnswerKept = { type: 'AnswerKept', data: { revision: revision.toString() } };
  // As everywhere the id holds all that was decided: the store takes known ids for a retry, whatever they come with.
  const id = eventId(stream, `${keyed.metadata.commandHash}\n${revision}`, 0);
  // The schema is that of this event, not of those the command might have made.
  const metadata = { ...keyed.metadata, $causationId: keyed.key, schema: 1 };
  await streams.append(stream, 'no_stream', [{ ...kept, id, metadata }]);
}
