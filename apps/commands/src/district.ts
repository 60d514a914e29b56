import { Problem } from '#problems';
import { placeName } from '#stations';

/** What the documentation says of such a name. Which districts have stations is known where is read, not where is written. */
export const onlyItsForm =
  'Only the form of the name is looked at, as its rules may be published before its first station opens: mind the spelling, ' +
  'a GET of the same address says `unknown-district` where there is no such station yet.';

/** The name of a district in an address. Throws the problem `unknown-district` where no district could be called so. */
export function districtNamed(code: string): string {
  if (!placeName.test(code)) throw new Problem('unknown-district', { district: code });
  return code;
}
