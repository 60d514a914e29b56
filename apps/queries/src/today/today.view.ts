import { ApiProperty } from '@nestjs/swagger';
import { type DeadlineKind, deadlineKinds } from '#policies';
import { type Status, statuses } from '#requests';
import { AsOf } from '../as-of.js';
import { HandlerView } from '../request/handler.view.js';
import { dueOf } from '../request/request.callers.js';
import type { RequestRow } from '../request/request.row.js';
import type { StationRow } from '../station/station.projection.js';
import type { Span } from './day.js';
import type { Counted, TodayLists } from './today.reader.js';
import { callbackWords, dueWords, minutesBetween, waitingWords } from './today.words.js';

const maybe = { nullable: true, type: String } as const;
const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

class TodayStation {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ example: '永丰西里驿站' }) readonly name!: string;
  @ApiProperty({ example: 'Asia/Shanghai' }) readonly timeZone!: string;
}

class TodayWords {
  @ApiProperty({ example: '办结已超期1天3小时' }) readonly zh!: string;
  @ApiProperty({ example: 'resolution overdue by 1 d 3 h' }) readonly en!: string;
}

class TodayPlace {
  @ApiProperty({ ...maybe, example: '5号楼' }) readonly building!: string | null;
  @ApiProperty({ ...maybe, example: '2单元' }) readonly unit!: string | null;
}

class TodayDeadline {
  @ApiProperty({ enum: deadlineKinds, example: 'resolution' }) readonly kind!: DeadlineKind;
  @ApiProperty(time) readonly dueAt!: string;
  @ApiProperty({ example: 1620, description: 'Whole minutes since it passed; 0 where it has not.' })
  readonly overdueMinutes!: number;
}

/** No resident is named here: whom to call stands in the list of callbacks. */
export class TodayItem {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly id!: string;
  @ApiProperty({ example: '5号楼前路面结冰' }) readonly summary!: string;
  @ApiProperty({ ...maybe, example: '扫雪除冰' }) readonly category!: string | null;
  @ApiProperty({ type: TodayPlace }) readonly place!: TodayPlace;
  @ApiProperty({ enum: statuses, example: 'assigned' }) readonly status!: Status;
  @ApiProperty({ nullable: true, type: HandlerView, description: 'Who is doing it now; null: nobody.' })
  readonly holder!: HandlerView | null;
  @ApiProperty({ nullable: true, type: TodayDeadline, description: 'The first that is still to be met.' })
  readonly due!: TodayDeadline | null;
  @ApiProperty({ type: TodayWords, description: 'Why it stands on this list.' })
  readonly words!: TodayWords;
}

export class TodayList {
  @ApiProperty({ example: 3, description: 'Of all of them, shown or not.' }) readonly count!: number;
  @ApiProperty({ type: [TodayItem] }) readonly items!: TodayItem[];
}

export class TodayAnswer {
  @ApiProperty({ type: TodayStation }) readonly station!: TodayStation;
  @ApiProperty({ example: '2026-11-22', description: 'The day it is at the station.' }) readonly day!: string;
  @ApiProperty({ ...time, description: 'The moment that everything is told of.' }) readonly at!: string;
  @ApiProperty({ type: AsOf }) readonly asOf!: AsOf;
  @ApiProperty({ type: TodayList, description: '已超期: what is latest first.' })
  readonly overdue!: TodayList;
  @ApiProperty({ type: TodayList, description: '今天到期: still to be met today, the next one first.' })
  readonly dueToday!: TodayList;
  @ApiProperty({
    type: TodayList,
    description: '待签收: nobody has taken it on; what was logged first, first.',
  })
  readonly awaitingAcceptance!: TodayList;
  @ApiProperty({ type: TodayList, description: '待回访: what was resolved first, first.' })
  readonly callbacks!: TodayList;
}

export function todayAnswer(
  { code, name, time_zone: timeZone }: StationRow,
  span: Span,
  asOf: AsOf,
  { overdue, dueToday, awaitingAcceptance, callbacks }: TodayLists,
): TodayAnswer {
  const deadline = (row: RequestRow) => {
    const due = firstDue(row);
    return due ? dueWords(due.kind, due.dueAt, span, timeZone) : waiting(row);
  };
  const waiting = ({ holder, holder_since, logged_at }: RequestRow) =>
    waitingWords(holder_since ?? logged_at, span.now, holder?.name ?? null);
  const calling = (row: RequestRow) =>
    callbackWords(row.resolved_at ?? span.now, span.now, dueOf(row).length);
  const list = ({ count, rows }: Counted, words: (row: RequestRow) => TodayWords): TodayList => ({
    count,
    items: rows.map((row) => todayItem(row, span.now, words(row))),
  });
  return {
    station: { code, name, timeZone },
    day: span.day,
    at: span.now,
    asOf,
    overdue: list(overdue, deadline),
    dueToday: list(dueToday, deadline),
    awaitingAcceptance: list(awaitingAcceptance, waiting),
    callbacks: list(callbacks, calling),
  };
}

const todayItem = (row: RequestRow, now: string, words: TodayWords): TodayItem => ({
  id: row.id,
  summary: row.summary,
  category: row.category,
  place: { building: row.building, unit: row.unit },
  status: row.status,
  holder: row.holder,
  due: dueIn(row, now),
  words,
});

function dueIn(row: RequestRow, now: string): TodayDeadline | null {
  const due = firstDue(row);
  return due && { ...due, overdueMinutes: minutesBetween(due.dueAt, now) };
}

function firstDue({ deadlines, due_at: first }: RequestRow): { kind: DeadlineKind; dueAt: string } | null {
  const due = deadlines.find(({ dueAt }) => dueAt !== null && first !== null && sameMoment(dueAt, first));
  return due?.dueAt ? { kind: due.kind, dueAt: due.dueAt } : null;
}

// One is written by whoever set it, the other by the database.
const sameMoment = (one: string, other: string): boolean => Date.parse(one) === Date.parse(other);
