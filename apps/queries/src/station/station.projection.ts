import type { Projection } from '#event-sourcing';
import type { StationEvent } from '#stations';

/** A station as it is now; requests keep the name it had when they were logged. */
export type StationRow = {
  code: string;
  name: string;
  community: string;
  street: string;
  district: string;
  time_zone: string;
  open: boolean;
};

/** Which stations there are: one row each, closed ones too, since their requests are still read. */
export const stationProjection: Projection<StationRow, StationEvent> = {
  name: 'station',
  version: 1,
  streams: ['station-'],
  table: {
    columns: {
      code: 'text',
      name: 'text',
      community: 'text',
      street: 'text',
      district: 'text',
      time_zone: 'text',
      open: 'boolean',
    },
    key: ['code'],
    indexes: ['community, code', 'street, code', 'district, code'],
  },
  rowOf: ({ stream }) => stream.slice('station-'.length),
  evolve: {
    StationOpened: (_, { data: { code, name, community, street, district, timeZone } }) => ({
      code,
      name,
      community,
      street,
      district,
      time_zone: timeZone,
      open: true,
    }),
    StationRenamed: (row, { data: { name } }) => row && { ...row, name },
    StationClosed: (row) => row && { ...row, open: false },
  },
};
