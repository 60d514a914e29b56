const formats = new Map<string, Intl.DateTimeFormat>();

/** The day (`yyyy-mm-dd`) that an instant (ISO 8601) falls on in a zone (IANA name). */
export function localDay(instant: string, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Sweden writes dates the ISO way.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(new Date(instant));
}
