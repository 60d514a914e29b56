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
  /** An id that two events have. */
  | 'repeated-id'
  /** Data or metadata that is said to be JSON and is not. */
  | 'malformed-json'
  /** An event that the application cannot read. */
  | 'unreadable-event';

export type Damage = {
  kind: DamageKind;
  /** The stream, where there is one to name. */
  stream?: string;
  /** The place in $all of the event, or of the first one after a hole. */
  position?: number;
  detail: string;
};
