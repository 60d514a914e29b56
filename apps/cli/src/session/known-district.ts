import { Failure } from '../failure.js';
import type { Api } from './api.js';

/** Throws with the districts there are when this is none of them. */
export async function knownDistrict(api: Api, district: string): Promise<void> {
  const { items } = await api<{ items: { district: string }[] }>('GET', '/v1/districts');
  const known = items.map((item) => item.district);
  if (known.includes(district)) return;
  throw new Failure(
    known.length === 0
      ? 'There is no district yet: none of them has a station.'
      : `There is no district ${district}. Those there are: ${known.join(', ')}`,
    2,
  );
}
