import { EventStore } from '#event-store';
import { type RequestEvent, requestUpcasts } from '#requests';

/** How many of an agency's requests were due, how many of them were closed after that, and how many never. */
export type Due = { due: number; late: number; open: number };

const nothing: Due = { due: 0, late: 0, open: 0 };

const americanTime = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/;

// A number that orders local times as the clock on the wall does; not by way of the program that is tested.
export function wallClock(text: string): number {
  const [, month, day, year, hour, minute, second, half] = americanTime.exec(text) ?? [];
  const hour24 = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hour24, Number(minute), Number(second));
}

/** Counted from the file, by agency. */
export function dueInFile(rows: Record<string, string>[]): Record<string, Due> {
  return tallied(
    rows
      .filter(({ DueDate }) => DueDate)
      .map(({ Agency = '', DueDate = '', CloseDate }) => ({
        agency: Agency,
        late: Boolean(CloseDate) && wallClock(CloseDate as string) > wallClock(DueDate),
        open: !CloseDate,
      })),
  );
}

/** Counted from what was stored: the due date that an imported request has, and when it was told to be resolved. */
export async function dueInStore(url: string): Promise<Record<string, Due>> {
  const store = EventStore.connect(url, requestUpcasts);
  const lives = new Map<string, { agency: string; dueAt?: string; resolvedAt?: string }>();
  const until = new AbortController();
  for await (const delivery of store.subscribe<RequestEvent>({
    streams: ['request-'],
    signal: until.signal,
  })) {
    if (delivery.kind === 'caught-up') break;
    if (delivery.kind !== 'event') continue;
    const { event } = delivery;
    const life = lives.get(event.stream) ?? { agency: '' };
    if (event.type === 'Assigned') life.agency = event.data.to.name;
    if (event.type === 'DeadlineSet' && event.data.dueAt) life.dueAt = event.data.dueAt;
    if (event.type === 'Resolved') life.resolvedAt = event.occurredAt;
    lives.set(event.stream, life);
  }
  await store.dispose();
  return tallied(
    [...lives.values()].flatMap(({ agency, dueAt, resolvedAt }) =>
      dueAt
        ? [{ agency, late: resolvedAt !== undefined && resolvedAt > dueAt, open: resolvedAt === undefined }]
        : [],
    ),
  );
}

function tallied(requests: { agency: string; late: boolean; open: boolean }[]): Record<string, Due> {
  const counts = new Map<string, Due>();
  for (const { agency, late, open } of requests) {
    const count = counts.get(agency) ?? nothing;
    counts.set(agency, {
      due: count.due + 1,
      late: count.late + Number(late),
      open: count.open + Number(open),
    });
  }
  return Object.fromEntries(counts);
}

/** Of all agencies together. */
export const together = (counts: Record<string, Due>): Due =>
  Object.values(counts).reduce(
    (sum, { due, late, open }) => ({
      due: sum.due + due,
      late: sum.late + late,
      open: sum.open + open,
    }),
    nothing,
  );
