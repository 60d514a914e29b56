import type { LoggedAt } from '#requests';
import type { StationState } from '#stations';
import { stationCode } from '#stations';
import { Failure } from '../failure.js';
import { checkPlace } from './place.options.js';

/** Where a register belongs, as far as it was said. */
export type Named = {
  station?: string;
  stationName?: string;
  community?: string;
  street?: string;
  district?: string;
};

type Opened = Exclude<StationState, { status: 'unopened' }>;

/**
 * The station whose register it is: the one named, else the only one there is. One that does not exist is opened by the
 * import where its district is said, or where there is no other to mistake it for. Throws {@link Failure}.
 */
export function registerStation(named: Named, existing: Opened[]): LoggedAt {
  const codes = existing.map(({ code }) => code).join(', ');
  const { station = existing.length === 1 ? existing[0]?.code : undefined } = named;
  if (!station && existing.length > 1) {
    throw new Failure(`Which station's register is it? Add --station with one of: ${codes}`, 2);
  }
  if (station && !stationCode.test(station)) {
    throw new Failure(`--station ${station} is not a code: 2 to 12 capital letters and digits`, 2);
  }
  const found = existing.find(({ code }) => code === station);
  if (found) {
    const { code, name, community, street, district, timeZone } = found;
    return { code, name, community, street, district, timeZone };
  }
  if (existing.length > 0 && !named.district) {
    throw new Failure(
      `There is no station ${station}; there are: ${codes}\n` +
        'To open it with this import, say where it is: --district, and --street, --community, --station-name.',
    );
  }
  checkPlace(named);
  return opening(station ?? 'YIZHAN', named);
}

const unlisted = '未列';

const opening = (code: string, { stationName, community, street, district }: Named): LoggedAt => ({
  code,
  name: stationName ?? `${code} 驿站`,
  community: community ?? `${unlisted}社区`,
  street: street ?? `${unlisted}街道`,
  district: district ?? `${unlisted}区`,
  timeZone: 'Asia/Shanghai',
});
