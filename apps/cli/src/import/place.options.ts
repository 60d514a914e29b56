import { placeName } from '#stations';
import { Failure } from '../failure.js';
import type { Named } from './register.station.js';

const place = [
  placeName,
  'it begins with a letter or digit and has at most 64 characters, no symbols',
] as const;
const title = [/^(?=.*\S)[^\p{Cc}\p{Cs}]{1,100}$/u, 'it has 1 to 100 characters on one line'] as const;

/** A station is opened under names that HTTP takes as well. Throws {@link Failure}. */
export function checkPlace({ stationName, community, street, district }: Named): void {
  check('--community', community, place);
  check('--street', street, place);
  check('--district', district, place);
  check('--station-name', stationName, title);
}

function check(option: string, name: string | undefined, [form, words]: typeof place | typeof title): void {
  if (name !== undefined && !form.test(name))
    throw new Failure(`${option} ${name} is not a name: ${words}`, 2);
}
