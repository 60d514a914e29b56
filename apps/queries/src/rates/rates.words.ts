import type { Callback } from '#requests';
import type { RatesRow, Word } from './rates.row.js';

// Several may have asked for the same: the residents of the requests that were merged into one. The request counts once, by the
// last word that any of them has said; a reopening does not unsay it, nor does another one who could not be reached.

const own = '';

export const said = (
  { contacted, contactedByUnit, resolved, satisfied }: Omit<Callback, 'attempt' | 'note' | 'at'>,
  position: bigint,
): Word => ({
  position: position.toString(),
  contacted,
  contactedByUnit: contactedByUnit ?? null,
  resolved,
  satisfied,
});

/** Whether a caller has answered since the resolution in force. */
export function hasAnswered(
  { words, resolved_position: since }: RatesRow,
  caller: string | undefined,
): boolean {
  const word = words[caller ?? own];
  return word !== undefined && word.contacted && since !== null && BigInt(word.position) > BigInt(since);
}

/** With the last of these words of a caller; without any the row stays as it is. */
export function withWords(
  row: RatesRow,
  caller: string | undefined,
  words: readonly Word[],
): Partial<RatesRow> {
  const last = words.at(-1);
  return last ? spoken({ ...row.words, [caller ?? own]: last }) : {};
}

/** Who is no longer with the request takes her word along. */
export function withoutWord({ words }: RatesRow, caller: string): Partial<RatesRow> {
  const { [caller]: taken, ...rest } = words;
  return taken ? spoken(rest) : {};
}

function spoken(words: Readonly<Record<string, Word>>): Partial<RatesRow> {
  const last = Object.values(words).reduce<Word | undefined>(
    (latest, word) => (latest && outweighs(latest, word) ? latest : word),
    undefined,
  );
  return {
    words,
    contacted: last?.contacted ?? null,
    contacted_by_unit: last?.contactedByUnit ?? null,
    answer: last?.resolved ?? null,
    satisfied: last?.satisfied ?? null,
  };
}

const outweighs = (one: Word, other: Word): boolean =>
  one.contacted === other.contacted ? BigInt(one.position) > BigInt(other.position) : one.contacted;
