import type { Written } from './local-time.js';

/** `2022-01-31`. */
export function isoDate(text: string): Written | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = numbers(match);
  return { year, month, day };
}

/** `04/12/2018 11:11:26 AM`. */
export function americanTime(text: string): Written | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([AP])M$/.exec(text);
  if (!match) return undefined;
  const [month, day, year, hour12, minute, second] = numbers(match);
  if (hour12 < 1 || hour12 > 12) return undefined;
  return { year, month, day, hour: (hour12 % 12) + (match[7] === 'P' ? 12 : 0), minute, second };
}

const chinese =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T\u3000]*(\d{1,2})[:：时点](\d{2})分?(?:[:：]?(\d{2})秒?)?)?$/;

/** `2026-11-22 10:30`, `2026/11/22 10:30:05`, `2026年11月22日 10时30分`, each with or without the time. */
export function chineseTime(text: string): Written | undefined {
  const match = chinese.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = numbers(match);
  return match[4] === undefined
    ? { year, month, day }
    : { year, month, day, hour, minute, second: match[6] === undefined ? 0 : second };
}

type Six = [number, number, number, number, number, number];

const numbers = (match: RegExpExecArray): Six => match.slice(1, 7).map(Number) as Six;
