import { ApiProperty } from '@nestjs/swagger';
import { AsOf } from '../as-of.js';
import { dueOf } from '../request/request.callers.js';
import type { RequestRow } from '../request/request.row.js';

const maybe = { nullable: true, type: String } as const;
const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

class CallbackStation {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ example: '永丰西里驿站' }) readonly name!: string;
  @ApiProperty({ example: 'Asia/Shanghai' }) readonly timeZone!: string;
}

/** Somebody to be called. */
export class DueCaller {
  @ApiProperty({
    example: 'YFXJ-261122-7K3QX',
    description:
      'The request itself, or one merged into it: then its number goes into `caller` of the callback.',
  })
  readonly request!: string;
  @ApiProperty({ ...maybe, example: '王桂兰' }) readonly name!: string | null;
  @ApiProperty({ ...maybe, example: '13800000000' }) readonly phone!: string | null;
  @ApiProperty({ ...maybe, example: '501' }) readonly flat!: string | null;
  @ApiProperty({ example: 1, description: 'Attempts in vain since the resolution in force.' })
  readonly attempts!: number;
  @ApiProperty({ ...maybe, ...time, nullable: true, description: 'Of the last attempt ever.' })
  readonly lastAttemptAt!: string | null;
}

export class DueCallback {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly id!: string;
  @ApiProperty({ example: '5号楼前路面结冰' }) readonly summary!: string;
  @ApiProperty({ ...maybe, example: '物业已清理' }) readonly outcome!: string | null;
  @ApiProperty(time) readonly resolvedAt!: string;
  @ApiProperty({ type: [DueCaller] }) readonly callers!: DueCaller[];
}

export class CallbacksPage {
  @ApiProperty({ type: CallbackStation }) readonly station!: CallbackStation;
  @ApiProperty({ type: AsOf }) readonly asOf!: AsOf;
  @ApiProperty({
    example: 3,
    description:
      'By the policy in force so many attempts in vain make a resident unreachable: off the list, and without an answer.',
  })
  readonly attempts!: number;
  @ApiProperty({ type: [DueCallback], description: 'What has waited longest first.' })
  readonly items!: DueCallback[];
  @ApiProperty({ ...maybe, description: 'Cursor of the next page; null on the last one.' })
  readonly next!: string | null;
}

export class DistrictCallback extends DueCallback {
  @ApiProperty({ type: CallbackStation, description: 'Where it was logged.' })
  readonly station!: CallbackStation;
}

export class DistrictCallbacksPage {
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ type: AsOf }) readonly asOf!: AsOf;
  @ApiProperty({ example: 3, description: 'By the policy in force, as in the list of a station.' })
  readonly attempts!: number;
  @ApiProperty({ type: [DistrictCallback], description: 'What has waited longest first.' })
  readonly items!: DistrictCallback[];
  @ApiProperty({ ...maybe, description: 'Cursor of the next page; null on the last one.' })
  readonly next!: string | null;
}

export const districtCallback = (row: RequestRow): DistrictCallback => ({
  ...dueCallback(row),
  station: { code: row.station, name: row.station_name, timeZone: row.time_zone },
});

export function dueCallback(row: RequestRow): DueCallback {
  const lastOf = (request: string) =>
    request === row.id ? row.last_callback : row.callers.find((one) => one.request === request)?.last;
  return {
    id: row.id,
    summary: row.summary,
    outcome: row.outcome,
    resolvedAt: row.resolved_at ?? '',
    callers: dueOf(row).map(({ request, resident: { name, phone, flat }, inVain }) => ({
      request,
      name,
      phone,
      flat,
      attempts: inVain,
      lastAttemptAt: lastOf(request)?.at ?? null,
    })),
  };
}
