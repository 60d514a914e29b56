import Table from 'cli-table3';
import { plain } from '../history/columns.js';
import { localMoment } from '../history/local-moment.js';
import type { Callbacks } from './callbacks.js';

const head = [
  '编号\nnumber',
  '办结\nresolved',
  '问题\nabout',
  '办理\noutcome',
  '回访\nto call',
  '次数\ntried',
];

/** A line for each resident to be called; times are those of the station's clock. */
export function tableOf({ station, district, attempts, items }: Callbacks): string {
  const where = station ? `${station.name}（${station.code}）` : district;
  const title = `${where} 待回访 to call back: ${items.length}`;
  if (items.length === 0) return `${title}\n`;
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { id, summary, outcome, resolvedAt, callers, ...item } of items) {
    const { day, time } = localMoment(resolvedAt, (item.station ?? station)?.timeZone ?? 'Asia/Shanghai');
    for (const { request, name, phone, flat, attempts: tried } of callers) {
      const whom = [name, phone, flat].filter(Boolean).join(' ') + (request === id ? '' : `（${request}）`);
      table.push([
        id,
        `${day} ${time}`,
        plain(summary),
        plain(outcome ?? ''),
        plain(whom),
        `${tried}/${attempts}`,
      ]);
    }
  }
  return `${title}\n${table.toString()}\n`;
}
