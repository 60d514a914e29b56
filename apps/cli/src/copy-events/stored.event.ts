/** An event as an event store keeps it, its bytes untouched: parsing JSON would lose digits and spaces. */
export type StoredEvent = {
  stream: string;
  revision: bigint;
  id: string;
  type: string;
  json: boolean;
  metadata: Uint8Array;
  data: Uint8Array;
  /** When this store recorded it; ISO 8601 in UTC. */
  created: string;
  position: Position;
};
export type Position = { commit: bigint; prepare: bigint };

/** The revision of the event that ends a stream for ever. */
export const END_OF_STREAM = 2n ** 63n - 1n;

/** `{"$tb":…}` with the largest number: how a store writes down that a stream was deleted (and may be written again). */
const SOFT_DELETE = /^\s*\{\s*"\$tb"\s*:\s*9223372036854775807\s*\}\s*$/;

/** System streams (`$…`) are each store's own business; the metadata of a stream (`$$<stream>`) goes where the stream goes. */
export const isCarried = (stream: string): boolean => !stream.startsWith('$') || isMetastream(stream);

export const isMetastream = (stream: string): boolean => stream.startsWith('$$') && !stream.startsWith('$$$');

export const endsStream = ({ type, revision }: StoredEvent): boolean =>
  type === '$streamDeleted' && revision === END_OF_STREAM;

export const deletesStream = ({ stream, type, data }: StoredEvent): boolean =>
  isMetastream(stream) && type === '$metadata' && SOFT_DELETE.test(text(data));

export const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
