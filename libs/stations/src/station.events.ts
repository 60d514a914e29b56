/** The place of a station in the organisation: escalation climbs community, street, district. */
export type StationPlace = { community: string; street: string; district: string };

// These type names and shapes are stored for ever. Add optional fields freely; anything else goes through
// station.upcast.ts.
export type StationEvent =
  | { type: 'StationOpened'; data: { code: string; name: string; timeZone: string } & StationPlace }
  | { type: 'StationRenamed'; data: { name: string } }
  | { type: 'StationClosed'; data: { reason: string } };

/** Every station lives in a stream of its own: `station-<code>`. */
export const stationStream = (code: string): string => `station-${code}`;

/** A code is the first part of every number given out at the station. */
export const stationCode = /^[A-Z0-9]{2,12}$/;

/** A community, street or district: it stands in addresses, and in the keys of read models. */
export const placeName = /^[\p{L}\p{N}][\p{L}\p{N} ._()（）-]{0,63}$/u;
