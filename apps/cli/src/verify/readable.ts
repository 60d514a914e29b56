import { type CalendarEvent, calendarSchema, calendarUpcasts } from '#calendar';
import type { ExaminedEvent } from '#embedded-event-store';
import type { Metadata } from '#event-sourcing';
import { type PolicyEvent, policySchema, policyUpcasts } from '#policies';
import { type RequestEvent, requestSchema, requestUpcasts } from '#requests';
import { type StationEvent, stationSchema, stationUpcasts } from '#stations';

type Known = { types: object; schema: number };

// The compiler asks for every type of event, and for none too many.
const requestTypes: Record<RequestEvent['type'], true> = {
  RequestLogged: true,
  Assigned: true,
  LeadTransferred: true,
  Accepted: true,
  Returned: true,
  Claimed: true,
  ProgressRecorded: true,
  ResidentContacted: true,
  Resolved: true,
  CallbackRecorded: true,
  Closed: true,
  Reopened: true,
  Escalated: true,
  ClockPaused: true,
  ClockResumed: true,
  DeadlineSet: true,
  DeadlineNeared: true,
  Supervised: true,
  Recategorised: true,
  Corrected: true,
  Merged: true,
  Unmerged: true,
  TookIn: true,
  GaveBack: true,
  Split: true,
  ResidentUnreachable: true,
  Withdrawn: true,
  Excluded: true,
};
const stationTypes: Record<StationEvent['type'], true> = {
  StationOpened: true,
  StationRenamed: true,
  StationClosed: true,
};

const policyTypes: Record<PolicyEvent['type'], true> = { PolicyPublished: true };
const calendarTypes: Record<CalendarEvent['type'], true> = { CalendarPublished: true };

const upcasts = { ...requestUpcasts, ...stationUpcasts, ...policyUpcasts, ...calendarUpcasts };
const known: Record<keyof typeof upcasts, Known> = {
  request: { types: requestTypes, schema: requestSchema },
  key: { types: { KeyTaken: true, AnswerKept: true }, schema: requestSchema },
  reaction: { types: { CaughtUpTo: true }, schema: requestSchema },
  station: { types: stationTypes, schema: stationSchema },
  policy: { types: policyTypes, schema: policySchema },
  calendar: { types: calendarTypes, schema: calendarSchema },
};

/** Why this system could not read an event in one of its own streams; nothing where it can, or where the stream is not its own. */
export function unreadable({ stream, revision, type, data, metadata }: ExaminedEvent): string | undefined {
  const category = categoryOf(stream);
  if (!isKnown(category) || type.startsWith('$')) return undefined;
  const { types, schema } = known[category];
  if (!Object.hasOwn(types, type)) return `${type} (revision ${revision}) is no event of a ${category}`;
  const written = isObject(metadata) ? (metadata as Partial<Metadata>) : {};
  if (!isObject(data)) return `the data of revision ${revision} (${type}) is no JSON object`;
  if (!Number.isInteger(written.schema) || typeof written.$correlationId !== 'string') {
    return `the metadata of revision ${revision} (${type}) lacks its schema or correlation`;
  }
  if (written.schema! > schema) {
    return `revision ${revision} (${type}) has schema ${written.schema}; this program knows ${schema}: install a newer one`;
  }
  return refusal(() => upcasts[category]({ type, data, schema: written.schema! }));
}

/** Whether a stream is one that this system writes, and nobody else. */
export const isOwn = (stream: string): boolean => isKnown(categoryOf(stream));

const categoryOf = (stream: string): string => stream.split('-', 1)[0] ?? '';

const isKnown = (category: string): category is keyof typeof known => Object.hasOwn(known, category);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refusal(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return `it cannot be upcast: ${error instanceof Error ? error.message : String(error)}`;
  }
}
