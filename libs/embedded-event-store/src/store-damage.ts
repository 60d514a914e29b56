/** What can be wrong with a store. These names are what programs that read `--json` hold on to. */
export type DamageKind =
  /** SQLite's own check of pages, indexes and types, and ours of its log. */
  | 'unsound-file'
  /** A hole in the order of $all. */
  | 'missing-position'
  /** A hole in a stream, or at its beginning where nothing was truncated. */
  | 'missing-revision'
  /** An event that stands in $all after one with a higher revision in its stream. */
  | 'disordered-revision'
  /** An event of a stream that was deleted for ever before. */
  | 'written-after-end'
  /** An event whose stream has no name. */
  | 'nameless-stream'
  /** A stream that has a name and no event. */
  | 'empty-stream'
  /** An id that is no UUID. */
  | 'malformed-id'
  /** An id that two events of the application have. */
  | 'repeated-id'
  /** Data of the application that is said to be JSON and is not. */
  | 'malformed-json'
  /** An event that the application cannot read. */
  | 'unreadable-event';

/** What a store may hold and still be whole: it is in single events, which a client wrote as they are. */
const IN_CONTENT: ReadonlySet<DamageKind> = new Set(['repeated-id', 'malformed-json', 'unreadable-event']);

/** Whether events are lost or out of order, so that the store is not what was written. */
export const isStructural = ({ kind }: Damage): boolean => !IN_CONTENT.has(kind);

export type Damage = {
  kind: DamageKind;
  /** The stream, where there is one to name. */
  stream?: string;
  /** The place in $all of the event, or of the first one after a hole. */
  position?: number;
  detail: string;
};
