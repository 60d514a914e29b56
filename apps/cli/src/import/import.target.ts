import { access } from 'node:fs/promises';
import { calendarUpcasts } from '#calendar';
import { type Recorded, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { eventStoreOf, findRunningStation, homeOf } from '#station-home';
import { type StationEvent, type StationState, stationDecider, stationUpcasts } from '#stations';
import { type Session, withStation } from '../session/session.js';

/**
 * Does the work on the event store: that of `EVENTSTORE_URL`, else the running station's, else that of a station started for
 * it. A rehearsal (`writes` false) on a home that does not exist yet gets none, and the home is not made.
 */
export async function withEventStore<Result>(
  session: Session,
  writes: boolean,
  work: (store: EventStore | undefined) => Promise<Result>,
): Promise<Result> {
  const url = eventStoreOf(session.environment);
  if (url) return connected(url, work);
  const home = homeOf(session.environment);
  if (!writes && !(await findRunningStation(home)) && !(await exists(home))) return work(undefined);
  return withStation(session, ({ eventStoreUrl }) => connected(eventStoreUrl, work));
}

async function connected<Result>(url: string, work: (store: EventStore) => Promise<Result>): Promise<Result> {
  const store = EventStore.connect(url, {
    ...requestUpcasts,
    ...stationUpcasts,
    ...policyUpcasts,
    ...calendarUpcasts,
  });
  try {
    return await work(store);
  } finally {
    await store.dispose();
  }
}

/** Every station there is, closed ones too. */
export async function stationsIn(
  store: EventStore | undefined,
): Promise<Exclude<StationState, { status: 'unopened' }>[]> {
  const histories = new Map<string, Recorded<StationEvent>[]>();
  const until = new AbortController();
  for await (const delivery of store?.subscribe<StationEvent>({
    streams: ['station-'],
    signal: until.signal,
  }) ?? []) {
    if (delivery.kind === 'caught-up') break;
    if (delivery.kind !== 'event') continue;
    const { event } = delivery;
    histories.set(event.stream, [...(histories.get(event.stream) ?? []), event]);
  }
  return [...histories.values()]
    .map((history) => fold(stationDecider, history))
    .filter((state) => state.status !== 'unopened');
}

/** Whether there is any request yet. */
export async function holdsRequests(store: EventStore): Promise<boolean> {
  const until = new AbortController();
  for await (const { kind } of store.subscribe({ streams: ['request-'], signal: until.signal })) {
    if (kind === 'event') return true;
    if (kind === 'caught-up') return false;
  }
  return false;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
