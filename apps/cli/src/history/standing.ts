import { isOpen } from '#requests';
import { padded, plain } from './columns.js';
import type { RequestAnswer } from './history.answer.js';
import { localMoment } from './local-moment.js';
import type { Paint } from './timeline.js';
import { handlerWords, levelWords, statusWords } from './words.js';

/** Where a request stands, or stood: a heading and a line for each thing that can be said about it. */
export function standing(request: RequestAnswer, paint: Paint): string[] {
  const { station, place, resident, holder, lead, helpers } = request;
  const clock = (instant: string) => {
    const { day, time } = localMoment(instant, station.timeZone);
    return `${day} ${time}`;
  };
  const status = paint(isOpen(request.status) ? 'yellow' : 'green', statusWords[request.status]);
  const facts: [string, string | null | undefined][] = [
    [
      '驿站',
      `${station.name}（${station.code}） ${station.community} · ${station.street} · ${station.district}`,
    ],
    ['登记', clock(request.loggedAt)],
    ['居民', joined(resident?.name, resident?.phone, resident?.flat) || '匿名'],
    ['地点', joined(place.building, place.unit)],
    ['分类', request.category],
    ['详情', request.details],
    ['承办', holder && handlerWords(holder) + since(request, clock)],
    ['首接', lead && handlerWords(lead)],
    ['协办', helpers.map(handlerWords).join('、')],
    ['级别', request.level === 'station' ? null : levelWords[request.level]],
    ['计时', request.paused ? '已暂停' : null],
    ['办理', request.outcome],
    ['并入', request.mergedInto],
    ['并进', request.callers.map((caller) => caller.request).join('、')],
    ['拆自', request.partOf],
    ['拆为', request.parts.map(({ id }) => id).join('、')],
    ['次数', counts(request)],
    [
      '截至',
      `${clock(request.updatedAt)}，第 ${Number(request.revision) + 1} 条记录（revision ${request.revision}）`,
    ],
    ['时区', station.timeZone],
  ];
  return [
    `${paint('bold', request.id)}  ${plain(request.summary)}  ${status}`,
    ...facts.flatMap(([label, text]) => (text ? [`  ${paint('dim', padded(label, 6))}${plain(text)}`] : [])),
  ];
}

// Nobody is at it any more once it is done.
const since = ({ status, holderSince }: RequestAnswer, clock: (instant: string) => string): string =>
  isOpen(status) && holderSince !== null ? `，自 ${clock(holderSince)}` : '';

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' ');

function counts({ returns, reopenings, callbacks }: RequestAnswer): string {
  const said = [
    returns > 0 && `退单 ${returns}`,
    reopenings > 0 && `重办 ${reopenings}`,
    callbacks > 0 && `回访 ${callbacks}`,
  ];
  return said.filter(Boolean).join('，');
}
