import { DateTime } from 'luxon';
import { Quarantined } from './quarantine.reason.js';

/** A date on a calendar, with a time of day where one was written. */
export type Written = {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
};

export type LocalTime = {
  /** ISO 8601 in UTC. */
  at: string;
  /** `yyyy-mm-dd` in the zone. */
  day: string;
  dateOnly: boolean;
};

/**
 * The instant that a local time without offset names in `zone` (IANA). A date without a time is local noon, which no zone
 * skips: taken for UTC midnight it would be the evening before in New York. An hour that comes twice when the clocks go
 * back is taken as the first. One that is skipped is refused, since nobody saw that clock; of a time that was counted ahead,
 * say a due date, it may be taken as the hour after. Throws {@link Quarantined}.
 */
export function localTime(
  written: Written | undefined,
  zone: string,
  skipped: 'refused' | 'hour-after' = 'refused',
): LocalTime {
  if (!written) throw new Quarantined('unreadable-date');
  const { year, month, day, hour, minute = 0, second = 0 } = written;
  if (isPlaceholder(written)) throw new Quarantined('placeholder-date');
  const fields = { year, month, day, hour: hour ?? 12, minute, second };
  const time = DateTime.fromObject(fields, { zone });
  if (!time.isValid || fields.hour > 23) throw new Quarantined('unreadable-date');
  if (skipped === 'refused' && isMoved(time, fields)) throw new Quarantined('nonexistent-local-time');
  // Which of two equal times Luxon takes depends on today's offset.
  const first = time.getPossibleOffsets()[0] ?? time;
  return {
    at: first.toUTC().toISO() as string,
    day: first.toISODate() as string,
    dateOnly: hour === undefined,
  };
}

// Luxon moves a skipped time forward.
const isMoved = (time: DateTime, { hour, minute }: { hour: number; minute: number }): boolean =>
  time.hour !== hour || time.minute !== minute;

// What databases and forms write where nobody wrote anything.
const isPlaceholder = ({ year, month, day }: Written): boolean => year === 1900 && month === 1 && day === 1;

/** How a file writes its times. Throws {@link Quarantined}. */
export type ReadTime = (text: string) => LocalTime;

const remembered = 4_096;

/**
 * {@link localTime} for the texts of one file. Zone arithmetic costs more than an append, and files of dates repeat the same
 * few thousand days: those are remembered.
 */
export function timesIn(zone: string, parse: (text: string) => Written | undefined): ReadTime {
  const known = new Map<string, LocalTime>();
  return (text) => {
    const earlier = known.get(text);
    if (earlier) return earlier;
    const time = localTime(parse(text), zone);
    if (time.dateOnly) {
      if (known.size >= remembered) known.clear();
      known.set(text, time);
    }
    return time;
  };
}
