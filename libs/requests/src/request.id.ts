import { nameId } from '#event-sourcing';

// Crockford's base32: no I, L, O, U, so that a number read over the telephone is written down right.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The number of a request: `<station>-<yymmdd>-<5 characters>`, e.g. `YFXJ-261122-7K3QQ`, derived from the key, so that
 * the same key finds the same stream. `day` is `yyyy-mm-dd` in the station's zone; `derivation` counts up when another
 * request already has the number.
 */
export function requestId(station: string, day: string, key: string, derivation = 0): string {
  const hex = nameId(`${station}\n${day}\n${key}\n${derivation}`).replaceAll('-', '');
  const bits = Number.parseInt(hex.slice(0, 5), 16); // 20 bits: four characters
  const characters = [15, 10, 5, 0].map((shift) => alphabet[(bits >>> shift) & 31]).join('');
  const stem = `${station}-${day.slice(2).replaceAll('-', '')}-${characters}`;
  return stem + checkCharacter(stem);
}

// A character's worth is its place here. The check character must count as the others do, else swapping it goes unnoticed.
const worths = `${alphabet}ULIO`;

/**
 * The last character of a number: a weighted sum modulo 31, so that one wrong character or two swapped ones are noticed
 * (but for 0 taken for Z, 1 for U, 2 for L, 3 for I or 4 for O, which lie 31 apart; only a station's code has U, L, I, O).
 */
export function checkCharacter(stem: string): string {
  let sum = 0;
  for (const [index, character] of [...stem.replaceAll('-', '')].entries()) {
    sum += worths.indexOf(character) * (index + 1);
  }
  return alphabet.charAt(sum % 31);
}

/** The parts of a number; `undefined` when it is none, or its check character is wrong. */
export function parseRequestId(id: string): { station: string; day: string } | undefined {
  const match = /^([A-Z0-9]{2,12})-(\d{6})-([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z])$/.exec(id);
  if (!match?.[1] || !match[2] || checkCharacter(id.slice(0, -1)) !== match[4]) return undefined;
  return { station: match[1], day: match[2] };
}
