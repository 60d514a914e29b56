import {
  type Limit,
  type NotableDays,
  type WallClock,
  type WorkCalendar,
  unpublishedYears,
  wallClock,
} from '#calendar';
import type { Deadline } from '#requests';

export type Words = { zh: string; en: string };

/**
 * How a deadline came about, in words; days and times are those of the zone's clocks. The calendar is that of now: which years
 * are still to be published.
 */
export function explain(deadline: Deadline, timeZone: string, calendar: WorkCalendar): Words {
  const { request } = deadline.derivation;
  const words = count(deadline, timeZone, calendar);
  if (request === undefined) return words;
  return {
    zh: `并入的诉求${request}到期更早：${words.zh}`,
    en: `${request}, merged into it, is due earlier: ${words.en}`,
  };
}

function count(deadline: Deadline, timeZone: string, calendar: WorkCalendar): Words {
  const { dueAt, derivation } = deadline;
  if (derivation.by === 'source') {
    const due = moment(dueAt ?? '', timeZone);
    return { zh: `${derivation.system} 给出：${due.zh}`, en: `given by ${derivation.system}: ${due.en}` };
  }
  const from = moment(derivation.from, timeZone);
  if (dueAt === null || derivation.limit === null) {
    return { zh: `自${from.zh}起，这一类不作要求`, en: `from ${from.en}: nothing is demanded of this class` };
  }
  const due = moment(dueAt, timeZone, yearAt(derivation.from, timeZone));
  const limit = limitWords(derivation.limit);
  const why = [
    ...derivation.days.filter(({ kind }) => kind !== 'weekend').map(daysWords),
    ...derivation.pauses.map((pause) => pauseWords(pause, timeZone)),
  ];
  const zh = why.length > 0 ? `：${why.map((one) => one.zh).join('，')}` : '';
  const en = why.length > 0 ? `: ${why.map((one) => one.en).join(', ')}` : '';
  const years = unpublishedYears(calendar, timeZone, derivation.from, dueAt);
  const guess = deadline.provisional ? provisional(years) : { zh: '', en: '' };
  return {
    zh: `自${from.zh}起${limit.zh}${zh}，至${due.zh}${guess.zh}`,
    en: `${limit.en} from ${from.en}${en}, so ${due.en}${guess.en}`,
  };
}

const units: Record<Limit['unit'], { zh: string; en: string }> = {
  minutes: { zh: '分钟', en: 'minute' },
  hours: { zh: '小时', en: 'hour' },
  'working-days': { zh: '个工作日', en: 'working day' },
  'calendar-days': { zh: '天', en: 'calendar day' },
};

const limitWords = ({ amount, unit }: Limit): Words => ({
  zh: `${amount}${units[unit].zh}`,
  en: `${amount} ${units[unit].en}${amount === 1 ? '' : 's'}`,
});

function daysWords({ from, to, kind, name }: NotableDays): Words {
  if (kind === 'make-up-day') return { zh: `${dayZh(from)}上班（调休）`, en: `${dayEn(from)} works` };
  const off = name === null ? '' : `（${name}）`;
  return { zh: `${spanZh(from, to)}放假${off}`, en: `${spanEn(from, to)} holiday` };
}

function pauseWords(pause: { from: string; to: string }, timeZone: string): Words {
  const [from, to] = [moment(pause.from, timeZone), moment(pause.to, timeZone)];
  return { zh: `${from.zh}至${to.zh}暂停`, en: `paused ${from.en} to ${to.en}` };
}

// Of what ended before its calendar was published there is nothing to wait for any more.
function provisional(years: readonly number[]): Words {
  if (years.length === 0) return { zh: '（暂定）', en: ' (provisional)' };
  const calendars = years.length === 1 ? 'calendar of' : 'calendars of';
  const are = years.length === 1 ? 'is' : 'are';
  return {
    zh: `（暂定：${years.map((year) => `${year}年`).join('、')}的放假安排尚未公布）`,
    en: ` (provisional: the ${calendars} ${and.format(years.map(String))} ${are} not published yet)`,
  };
}

/** `30 September 10:00`; with the year where it is not the one that is known already. */
export function moment(instant: string, timeZone: string, known?: string): Words {
  const { day, time }: WallClock = wallClock(instant, timeZone);
  const clock = new Date(time).toISOString().slice(11, 16);
  const year = known === undefined || day.startsWith(known) ? undefined : day.slice(0, 4);
  return {
    zh: `${year ? `${year}年` : ''}${dayZh(day)}${clock}`,
    en: `${dayEn(day)}${year ? ` ${year}` : ''} ${clock}`,
  };
}

const yearAt = (instant: string, timeZone: string): string => wallClock(instant, timeZone).day.slice(0, 4);

const and = new Intl.ListFormat('en-GB');
const english = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
const month = (day: string): string => english.format(new Date(day));
const date = (day: string): number => Number(day.slice(8));
const dayZh = (day: string): string => `${Number(day.slice(5, 7))}月${date(day)}日`;
const dayEn = (day: string): string => `${date(day)} ${month(day)}`;

function spanZh(from: string, to: string): string {
  if (from === to) return dayZh(from);
  return `${dayZh(from)}至${from.slice(0, 7) === to.slice(0, 7) ? `${date(to)}日` : dayZh(to)}`;
}

function spanEn(from: string, to: string): string {
  if (from === to) return dayEn(from);
  return from.slice(0, 7) === to.slice(0, 7)
    ? `${date(from)}–${date(to)} ${month(to)}`
    : `${dayEn(from)}–${dayEn(to)}`;
}
