// Durations are whole tenths of an hour, and a list of them is a text: `324 12 -324 ` counts 324, then 12, then takes 324 back.
// So a list grows by writing behind it, whatever a request does later.

const tenth = 360_000; // milliseconds

/** Tenths of an hour between two instants (ISO 8601), half up. An answer that is told to have come before the question took 0. */
export const tenthsBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from) + tenth / 2) / tenth));

export const counted = (tenths: number | undefined): string => (tenths === undefined ? '' : `${tenths} `);

export const takenBack = (tenths: number | undefined): string => (tenths === undefined ? '' : `-${tenths} `);

const [space, minus, zero] = [' ', '-', '0'].map((character) => character.charCodeAt(0));

/** What a list, or several in any order one behind the other, comes to: tenths of an hour, in no order. */
export function durationsIn(list: string): Int32Array {
  const values = new Int32Array(Math.ceil(list.length / 2));
  const taken = new Map<number, number>();
  let [length, value, negative] = [0, 0, false];
  for (let index = 0; index < list.length; index += 1) {
    const code = list.charCodeAt(index);
    if (code === minus) negative = true;
    else if (code !== space) value = value * 10 + code - (zero as number);
    else {
      if (negative) taken.set(value, (taken.get(value) ?? 0) + 1);
      else values[length++] = value;
      [value, negative] = [0, false];
    }
  }
  return without(taken, values.subarray(0, length));
}

function without(taken: Map<number, number>, values: Int32Array): Int32Array {
  if (taken.size === 0) return values;
  return values.filter((value) => {
    const left = taken.get(value) ?? 0;
    if (left > 0) taken.set(value, left - 1);
    return left === 0;
  });
}
