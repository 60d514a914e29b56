import { compileFilter, type EventFilter } from './event-filter.js';
import { streamName } from './proposed-event.js';
import { streams } from './protocol.js';
import { clamped } from './recorded-event.js';

/** Where to begin: a revision or position, or an end of the stream or log. */
export type From = number | 'start' | 'end';

export type ReadRequest = {
  /** Undefined reads $all. */
  stream: string | undefined;
  from: From;
  backwards: boolean;
  /** Undefined subscribes. */
  count: number | undefined;
  resolveLinks: boolean;
  filter: EventFilter | undefined;
  /** Events to consider between two checkpoints. */
  checkpointInterval: number;
};

type Options = streams.ReadReq.Options;
const { ReadDirection } = streams.ReadReq.Options;
const DEFAULT_WINDOW = 32;

/** Reads the request; a string says what is wrong with it. */
export function parseReadRequest(request: streams.ReadReq): ReadRequest | string {
  const options = request.getOptions();
  if (!options) return 'The read has no options.';
  const problem = PROBLEMS.find(([occurs]) => occurs(options));
  if (problem) return problem[1];
  const filter = options.hasFilter() ? compileFilter(options.getFilter()!) : undefined;
  if (typeof filter === 'string') return filter;
  const stream = options.getStream();
  return {
    stream: stream && streamName(stream.getStreamIdentifier()),
    from: stream ? revisionOf(stream) : positionOf(options.getAll()!),
    backwards: options.getReadDirection() === ReadDirection.BACKWARDS,
    count: options.hasSubscription() ? undefined : clamped(options.getCount()),
    resolveLinks: options.getResolveLinks(),
    filter,
    checkpointInterval: checkpointInterval(options.getFilter()),
  };
}

const PROBLEMS: [occurs: (options: Options) => boolean, sentence: string][] = [
  [(options) => !options.hasUuidOption(), 'The read does not say how to write UUIDs.'],
  [(options) => !options.hasStream() && !options.hasAll(), 'The read names neither a stream nor $all.'],
  [
    (options) => !options.hasCount() && !options.hasSubscription(),
    'The read has neither a count nor a subscription.',
  ],
  [(options) => !options.hasFilter() && !options.hasNoFilter(), 'The read says nothing of a filter.'],
  [(options) => options.hasStream() && options.hasFilter(), 'A filter goes with $all only.'],
  [
    (options) => options.hasSubscription() && options.getReadDirection() === ReadDirection.BACKWARDS,
    'A subscription runs forwards only.',
  ],
  [
    (options) => options.hasSubscription() && options.getFilter()?.getCheckpointintervalmultiplier() === 0,
    'The checkpoint interval multiplier must be greater than 0.',
  ],
  [
    (options) => options.hasStream() && !streamName(options.getStream()!.getStreamIdentifier()),
    'The read names a stream that cannot be.',
  ],
];

function revisionOf(options: streams.ReadReq.Options.StreamOptions): From {
  if (options.hasRevision()) return clamped(options.getRevision());
  return options.hasEnd() ? 'end' : 'start';
}

function positionOf(options: streams.ReadReq.Options.AllOptions): From {
  const position = options.getPosition();
  if (position) return clamped(position.getCommitPosition());
  return options.hasEnd() ? 'end' : 'start';
}

function checkpointInterval(filter: streams.ReadReq.Options.FilterOptions | undefined): number {
  if (!filter) return 0;
  const window = filter.hasMax() && filter.getMax() > 0 ? filter.getMax() : DEFAULT_WINDOW;
  return window * filter.getCheckpointintervalmultiplier();
}
