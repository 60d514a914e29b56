import Table from 'cli-table3';
import { plain } from '../history/columns.js';
import type { Today, TodayItem } from './today.js';

const head = ['编号\nnumber', '问题\nabout', '地点\nplace', '承办\nwith', '情况\nhow it stands'];

const headings = [
  ['overdue', '已超期 overdue'],
  ['dueToday', '今天到期 due today'],
  ['awaitingAcceptance', '待签收 waiting for acceptance'],
  ['callbacks', '待回访 to call back'],
] as const;

/** The lists one below the other; what is not shown is counted. */
export function tableOf(today: Today): string {
  const title = `${today.station.name}（${today.station.code}） ${today.day} 今日待办 today`;
  const lists = headings.map(([list, heading]) => ({ heading, ...today[list] }));
  const counts = lists.map(({ heading, count }) => `${heading}: ${count}`).join('  ');
  if (lists.every(({ count }) => count === 0)) return `${title}\n${counts}\n`;
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { heading, count, items } of lists) {
    if (count === 0) continue;
    const more = count > items.length ? `（前${items.length}件 the first ${items.length}）` : '';
    table.push([{ colSpan: head.length, content: `${heading}: ${count}${more}` }], ...items.map(line));
  }
  return `${title}\n${counts}\n${table.toString()}\n`;
}

function line({ id, summary, place, holder, words }: TodayItem): string[] {
  const where = [place.building, place.unit].filter(Boolean).join(' ');
  return [
    id,
    plain(summary),
    plain(where),
    plain(holder?.name ?? '–'),
    `${plain(words.zh)}\n${plain(words.en)}`,
  ];
}
