import { Problem } from '#problems';
import { placeName } from './station/station.dto.js';

/** The name of a district in an address. Throws the problem `unknown-district` where no district could be called so. */
export function districtNamed(code: string): string {
  if (!placeName.test(code)) throw new Problem('unknown-district', { district: code });
  return code;
}
