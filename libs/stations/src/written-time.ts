const day = /^(?!0000)\d{4}-\d\d-\d\d$/; // there is no year 0
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Whether it is a day of the calendar, `yyyy-mm-dd`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !day.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

/** Whether it is an instant with its zone (ISO 8601), on a day of the calendar: `Date.parse` makes 2 March of 30 February. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !zoned.test(value)) return false;
  return isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}
