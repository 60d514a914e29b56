import type { Callback } from '#requests';
import type { RatesRow, Word } from './rates.row.js';

// Several may have asked for the same: the residents of the requests that were merged into one. The request counts once, by the
// last word that any of them has said; a reopening does not unsay it.

const own = '';

export const said = (
  { contacted, resolved, satisfied }: Pick<Callback, 'contacted' | 'resolved' | 'satisfied'>,
  position: bigint,
): Word => ({ position: position.toString(), contacted, resolved, satisfied });

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
    (latest, word) => (latest && BigInt(latest.position) > BigInt(word.position) ? latest : word),
    undefined,
  );
  return {
    words,
    contacted: last?.contacted ?? null,
    answer: last?.resolved ?? null,
    satisfied: last?.satisfied ?? null,
  };
}
