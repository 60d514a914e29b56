import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Channel, type Status, channels, handlerKinds, statuses } from '#requests';
import { AsOf } from '../as-of.js';
import type { StationRow } from '../station/station.projection.js';
import { type ShownRow, done } from './logbook.row.js';

const maybe = { nullable: true } as const;
const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

class LogbookStation {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ example: '永丰西里驿站' }) readonly name!: string;
  @ApiProperty({ example: 'Asia/Shanghai', description: 'The days are days there.' })
  readonly timeZone!: string;
}

class LogbookReporter {
  @ApiProperty({ ...maybe, type: String, example: '王桂兰' }) readonly name!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '13800000000' }) readonly phone!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '501' }) readonly flat!: string | null;
}

class LogbookPlace {
  @ApiProperty({ ...maybe, type: String, example: '5号楼' }) readonly building!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '2单元' }) readonly unit!: string | null;
}

class LogbookCall {
  @ApiProperty({ enum: [...handlerKinds, 'resident'], example: 'property' }) readonly kind!: string;
  @ApiProperty({ ...maybe, type: String, example: '永丰物业' }) readonly name!: string | null;
  @ApiProperty({ ...time, description: 'When we called first.' }) readonly at!: string;
}

/** A line of the register 居民反映问题登记表. */
export class LogbookLine {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly id!: string;
  @ApiProperty({ example: '2026-11-22', description: 'In the station’s zone.' }) readonly day!: string;
  @ApiProperty({ ...time, description: '登记时间: when it was brought, not when it was entered.' })
  readonly loggedAt!: string;
  @ApiProperty({ ...maybe, type: LogbookReporter, description: '居民; null: anonymous.' })
  readonly reporter!: LogbookReporter | null;
  @ApiProperty({ type: LogbookPlace, description: '楼号、单元' }) readonly place!: LogbookPlace;
  @ApiProperty({ ...maybe, type: String, example: '道路结冰' }) readonly category!: string | null;
  @ApiProperty({ example: '5号楼前路面结冰', description: '反映问题' }) readonly summary!: string;
  @ApiProperty({ ...maybe, type: String }) readonly details!: string | null;
  @ApiProperty({ type: [LogbookCall], description: '联系谁: in the order of the calls, each once.' })
  readonly called!: LogbookCall[];
  @ApiProperty({
    ...maybe,
    type: String,
    example: '物业已清理',
    description: '办理情况: the outcome; as long as there is none, what was noted last.',
  })
  readonly done!: string | null;
  @ApiProperty({ example: '张连生', description: '值班人: who logged it.' }) readonly signedBy!: string;
  @ApiProperty({ enum: statuses, example: 'resolved' }) readonly status!: Status;
  @ApiProperty({ description: 'Still somebody’s work.', example: false }) readonly open!: boolean;
  @ApiProperty({ enum: channels, example: 'walk-in' }) readonly channel!: Channel;
  @ApiPropertyOptional({ ...maybe, type: Object, example: { page: 3, line: 12 } })
  readonly paper!: { page: number; line: number } | null;
}

export class LogbookPage {
  @ApiProperty({ type: LogbookStation }) readonly station!: LogbookStation;
  @ApiProperty({ type: AsOf }) readonly asOf!: AsOf;
  @ApiProperty({ type: [LogbookLine] }) readonly items!: LogbookLine[];
  @ApiProperty({ ...maybe, type: String, description: 'Cursor of the next page; null on the last one.' })
  readonly next!: string | null;
}

export const logbookStation = ({ code, name, time_zone }: StationRow): LogbookStation => ({
  code,
  name,
  timeZone: time_zone,
});

export const logbookLine = (row: ShownRow): LogbookLine => ({
  id: row.id,
  day: row.day,
  loggedAt: row.logged_at,
  reporter: reporterOf(row),
  place: { building: row.building, unit: row.unit },
  category: row.category,
  summary: row.summary,
  details: row.details,
  called: row.called.map(({ kind, name, at }) => ({
    kind,
    name: kind === 'resident' ? row.resident_name : name,
    at,
  })),
  done: done(row),
  signedBy: row.signed_by,
  status: row.status,
  open: row.open,
  channel: row.channel,
  paper: row.paper,
});

function reporterOf(row: ShownRow): LogbookReporter | null {
  const { resident_name: name, resident_phone: phone, resident_flat: flat } = row;
  return name === null && phone === null && flat === null ? null : { name, phone, flat };
}
