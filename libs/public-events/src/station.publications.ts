import type { StationEvent } from '#stations';
import type { Publications } from './public-event.js';

// Reasons are free text, in which a name or a telephone number may stand: they stay at home.
export const stationPublications: Publications<StationEvent> = {
  StationOpened: {
    name: 'station.opened',
    version: 1,
    data: ({ data: { code, name, community, street, district, timeZone } }) => ({
      station: code,
      name,
      community,
      street,
      district,
      timeZone,
    }),
  },
  StationRenamed: {
    name: 'station.renamed',
    version: 1,
    data: ({ stream, data: { name } }) => ({ station: codeOf(stream), name }),
  },
  StationClosed: {
    name: 'station.closed',
    version: 1,
    data: ({ stream }) => ({ station: codeOf(stream) }),
  },
};

const codeOf = (stream: string): string => stream.slice('station-'.length);
