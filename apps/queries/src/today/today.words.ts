import { wallClock } from '#calendar';
import type { DeadlineKind } from '#policies';
import type { Words } from '../deadlines/deadline.words.js';
import type { Span } from './day.js';

const kinds: Record<DeadlineKind, Words> = {
  acceptance: { zh: '签收', en: 'acceptance' },
  'first-contact': { zh: '首次联系', en: 'first contact' },
  resolution: { zh: '办结', en: 'resolution' },
};

/** Whole minutes between two instants (ISO 8601), rounded down; none where the second is the earlier one. */
export const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));

/** `1天3小时`: the two largest units of so many minutes. */
export function lasting(minutes: number): Words {
  const parts = (
    [
      [Math.floor(minutes / 1_440), '天', 'd'],
      [Math.floor(minutes / 60) % 24, '小时', 'h'],
      [minutes % 60, '分钟', 'min'],
    ] as const
  ).filter(([amount]) => amount > 0);
  if (parts.length === 0) return { zh: '不到1分钟', en: 'less than a minute' };
  const shown = parts.slice(0, 2);
  return {
    zh: shown.map(([amount, unit]) => `${amount}${unit}`).join(''),
    en: shown.map(([amount, , unit]) => `${amount} ${unit}`).join(' '),
  };
}

/** Of a deadline that has passed or is still to come today: `办结已超期1天3小时`, `办结须在今天17:30前`. */
export function dueWords(kind: DeadlineKind, dueAt: string, { now, day }: Span, timeZone: string): Words {
  const { zh, en } = kinds[kind];
  if (dueAt < now) {
    const late = lasting(minutesBetween(dueAt, now));
    return { zh: `${zh}已超期${late.zh}`, en: `${en} overdue by ${late.en}` };
  }
  const due = wallClock(dueAt, timeZone);
  const time = new Date(due.time).toISOString().slice(11, 16);
  return due.day === day
    ? { zh: `${zh}须在今天${time}前`, en: `${en} due today by ${time}` }
    : { zh: `${zh}须在${due.day} ${time}前`, en: `${en} due by ${due.day} ${time}` };
}

/** Since somebody was given it, else since it was logged. */
export function waitingWords(since: string, now: string, holder: string | null): Words {
  const time = lasting(minutesBetween(since, now));
  return holder === null
    ? { zh: `已等待${time.zh}，尚无承办单位`, en: `waiting for ${time.en}, nobody has it` }
    : {
        zh: `已等待${time.zh}，${holder}尚未签收`,
        en: `waiting for ${time.en}, ${holder} has not accepted it`,
      };
}

export function callbackWords(resolvedAt: string, now: string, callers: number): Words {
  const time = lasting(minutesBetween(resolvedAt, now));
  return {
    zh: `办结已${time.zh}，待回访${callers}人`,
    en: `resolved ${time.en} ago, ${callers} to call back`,
  };
}
