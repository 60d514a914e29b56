import type { Grain } from './statistics.cells.js';

/** Cells of one grain whose `start` lies between two days, both included. */
export type Span = { grain: Grain; first: string; last: string };

/** Every day there is: what a window without an end reaches to. */
export const always = { from: '0001-01-01', to: '9999-12-31' };

/** A window (days, both included) as its whole months and the days that are left at its edges. */
export function spansOf(from: string, to: string): Span[] {
  const first = from.endsWith('-01') ? monthOf(from) : monthOf(from) + 1;
  const last = to === lastDayOf(monthOf(to)) ? monthOf(to) : monthOf(to) - 1;
  if (first > last) return [{ grain: 'day', first: from, last: to }];
  const spans: Span[] = [{ grain: 'month', first: firstDayOf(first), last: firstDayOf(last) }];
  if (monthOf(from) < first) spans.push({ grain: 'day', first: from, last: lastDayOf(first - 1) });
  if (last < monthOf(to)) spans.push({ grain: 'day', first: firstDayOf(last + 1), last: to });
  return spans;
}

// Months are counted from the year 0.
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const firstDayOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;

function lastDayOf(month: number): string {
  const first = firstDayOf(month);
  const days = [31, isLeap(Number(first.slice(0, 4))) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return `${first.slice(0, 8)}${days[month % 12]}`;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
