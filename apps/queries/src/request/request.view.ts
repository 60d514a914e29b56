import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Principal, redacts } from '#access';
import { type DeadlineKind, deadlineKinds } from '#policies';
import { type Channel, type Level, type Status, channels, levels, statuses } from '#requests';
import { HandlerView, handlerView } from './handler.view.js';
import type { LastCallback, RequestRow } from './request.row.js';

const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;
const maybe = { nullable: true } as const;
const redacted = 'Null for analysts and handlers.';

class StationView {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ example: '永丰西里驿站' }) readonly name!: string;
  @ApiProperty({ example: '永丰社区' }) readonly community!: string;
  @ApiProperty({ example: '学院路街道' }) readonly street!: string;
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ example: 'Asia/Shanghai' }) readonly timeZone!: string;
}

class PlaceView {
  @ApiProperty({ ...maybe, type: String, example: '5号楼' }) readonly building!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '2单元' }) readonly unit!: string | null;
}

class ResidentView {
  @ApiProperty({ ...maybe, type: String, example: '王桂兰' }) readonly name!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '13800000000' }) readonly phone!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '501' }) readonly flat!: string | null;
}

class CallbackView {
  @ApiProperty({ example: 1 }) readonly attempt!: number;
  @ApiProperty(time) readonly at!: string;
  @ApiProperty({ example: true, description: 'Whether our call reached her.' })
  readonly contacted!: boolean;
  @ApiProperty({
    ...maybe,
    type: Boolean,
    example: true,
    description: 'Her answer whether the unit had been in touch with her; null: not asked.',
  })
  readonly contactedByUnit!: boolean | null;
  @ApiProperty({ ...maybe, type: String, example: 'yes' }) readonly resolved!: string | null;
  @ApiProperty({ ...maybe, type: String, example: 'mostly' }) readonly satisfied!: string | null;
  @ApiProperty({ ...maybe, type: String }) readonly note!: string | null;
}

class DeadlineView {
  @ApiProperty({ enum: deadlineKinds, example: 'resolution' }) readonly kind!: DeadlineKind;
  @ApiProperty({ ...maybe, ...time, description: 'Null: nothing is demanded.' })
  readonly dueAt!: string | null;
  @ApiProperty({ description: 'It reaches a year whose calendar is not published.', example: false })
  readonly provisional!: boolean;
}

const deadlineView = ({ kind, dueAt, provisional }: DeadlineView): DeadlineView => ({
  kind,
  dueAt,
  provisional,
});

class CallerView {
  @ApiProperty({ example: 'YFXJ-261122-M4YBZ' }) readonly request!: string;
  @ApiProperty({ ...maybe, type: ResidentView, description: redacted })
  readonly resident!: ResidentView | null;
  @ApiProperty({ example: 0 }) readonly callbacks!: number;
  @ApiProperty({ ...maybe, type: CallbackView }) readonly lastCallback!: CallbackView | null;
  @ApiProperty({ example: false }) readonly unreachable!: boolean;
}

class PartView {
  @ApiProperty({ example: 'YFXJ-261122-M4YBZ' }) readonly id!: string;
  @ApiProperty({ ...maybe, type: String, example: '5号楼西侧路面结冰', description: 'Null for analysts.' })
  readonly summary!: string | null;
}

/** A request as it stands, or stood. Times say when something happened. */
export class RequestView {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly id!: string;
  @ApiProperty({ example: '3', description: 'Of its stream; the ETag of `GET /v1/requests/:id`.' })
  readonly revision!: string;
  @ApiProperty({ enum: statuses, example: 'assigned' }) readonly status!: Status;
  @ApiProperty({ description: 'Still somebody’s work.', example: true }) readonly open!: boolean;
  @ApiProperty({ ...maybe, type: String, example: '道路结冰' }) readonly category!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '5号楼前路面结冰', description: 'Null for analysts.' })
  readonly summary!: string | null;
  @ApiProperty({ ...maybe, type: String, description: 'Null for analysts.' })
  readonly details!: string | null;
  @ApiProperty({ type: StationView }) readonly station!: StationView;
  @ApiProperty({ type: PlaceView }) readonly place!: PlaceView;
  @ApiProperty({ ...maybe, type: ResidentView, description: redacted })
  readonly resident!: ResidentView | null;
  @ApiProperty({ ...maybe, type: String }) readonly residentDistrict!: string | null;
  @ApiProperty({ enum: channels, example: 'walk-in' }) readonly channel!: Channel;
  @ApiPropertyOptional({ ...maybe, type: Object, example: { page: 3, line: 12 } })
  readonly paper!: { page: number; line: number } | null;
  @ApiProperty({ ...maybe, type: HandlerView, description: 'Who is doing it now.' })
  readonly holder!: HandlerView | null;
  @ApiProperty({ ...maybe, ...time }) readonly holderSince!: string | null;
  @ApiProperty({ ...maybe, type: HandlerView, description: '首接单位: answers for it to the end.' })
  readonly lead!: HandlerView | null;
  @ApiProperty({ type: [HandlerView] }) readonly helpers!: HandlerView[];
  @ApiProperty({ enum: levels, example: 'station' }) readonly level!: Level;
  @ApiProperty({ description: 'The clock stands still.', example: false }) readonly paused!: boolean;
  @ApiProperty({ type: [DeadlineView], description: 'Those still to be met; `…/deadlines` explains them.' })
  readonly deadlines!: DeadlineView[];
  @ApiProperty({ ...maybe, type: String, example: '物业已清理', description: 'Null for analysts.' })
  readonly outcome!: string | null;
  @ApiProperty(time) readonly loggedAt!: string;
  @ApiProperty({ example: '2026-11-22', description: 'In the station’s zone.' }) readonly loggedDay!: string;
  @ApiProperty({ ...maybe, type: String, example: '张连生', description: 'Null for analysts.' })
  readonly loggedBy!: string | null;
  @ApiProperty({
    ...maybe,
    ...time,
    description: 'First acceptance, claim, progress, contact or resolution.',
  })
  readonly firstResponseAt!: string | null;
  @ApiProperty({ ...maybe, ...time, description: 'Of the resolution in force.' })
  readonly resolvedAt!: string | null;
  @ApiProperty({ ...maybe, ...time }) readonly closedAt!: string | null;
  @ApiProperty({ example: 0 }) readonly returns!: number;
  @ApiProperty({ example: 0 }) readonly reopenings!: number;
  @ApiProperty({ example: 0 }) readonly callbacks!: number;
  @ApiProperty({ example: 0 }) readonly escalations!: number;
  @ApiProperty({ ...maybe, type: CallbackView }) readonly lastCallback!: CallbackView | null;
  @ApiProperty({ description: 'Called in vain as often as it is tried; no answer.', example: false })
  readonly unreachable!: boolean;
  @ApiProperty({ ...maybe, type: String, description: 'The request that answers for this one: see there.' })
  readonly mergedInto!: string | null;
  @ApiProperty({ type: [CallerView], description: 'Of the requests merged into this one.' })
  readonly callers!: CallerView[];
  @ApiProperty({ ...maybe, type: String, description: 'The request that this is a part of.' })
  readonly partOf!: string | null;
  @ApiProperty({ type: [PartView], description: 'Requests of their own that it was split into.' })
  readonly parts!: PartView[];
  @ApiPropertyOptional({ ...maybe, type: Object, example: { system: 'register', key: '12-7' } })
  readonly source!: { system: string; key: string } | null;
  @ApiProperty({ ...time, description: 'When the last event happened.' }) readonly updatedAt!: string;
}

/**
 * What a caller sees of a request. Analysts and handlers see no resident, not even one who mends it; analysts see no free text
 * and no staff either, since nothing keeps a name or a telephone number out of those.
 */
export function requestView(row: RequestRow, caller: Principal): RequestView {
  const { role } = caller;
  const silent = role === 'analyst';
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    open: row.open,
    category: row.category,
    summary: silent ? null : row.summary,
    details: silent ? null : row.details,
    station: stationOf(row),
    place: { building: row.building, unit: row.unit },
    resident: redacts(role) ? null : residentOf(row),
    residentDistrict: row.resident_district,
    channel: row.channel,
    paper: row.paper,
    holder: row.holder && handlerView(row.holder, caller),
    holderSince: row.holder_since,
    lead: row.lead && handlerView(row.lead, caller),
    helpers: row.helpers.map((helper) => handlerView(helper, caller)),
    level: row.level,
    paused: row.paused_at !== null,
    deadlines: row.deadlines.map(deadlineView),
    outcome: silent ? null : row.outcome,
    loggedAt: row.logged_at,
    loggedDay: row.logged_day,
    loggedBy: silent ? null : row.logged_by,
    firstResponseAt: row.first_response_at,
    resolvedAt: row.resolved_at,
    closedAt: row.closed_at,
    returns: row.returns,
    reopenings: row.reopenings,
    callbacks: row.callbacks,
    escalations: row.escalations,
    lastCallback: silent ? withoutNote(row.last_callback) : row.last_callback,
    unreachable: row.asked.unreachable,
    mergedInto: row.merged_into,
    callers: row.callers.map(({ request, resident, callbacks, last, unreachable }) => ({
      request,
      callbacks,
      unreachable,
      resident: redacts(role) ? null : resident,
      lastCallback: silent ? withoutNote(last) : last,
    })),
    partOf: row.part_of,
    parts: row.parts.map(({ id, summary }) => ({ id, summary: silent ? null : summary })),
    source: row.source_system === null ? null : { system: row.source_system, key: row.source_key ?? '' },
    updatedAt: row.updated_at,
  };
}

const stationOf = (row: RequestRow): StationView => ({
  code: row.station,
  name: row.station_name,
  community: row.community,
  street: row.street,
  district: row.district,
  timeZone: row.time_zone,
});

function residentOf(row: RequestRow): ResidentView | null {
  const { resident_name: name, resident_phone: phone, resident_flat: flat } = row;
  return name === null && phone === null && flat === null ? null : { name, phone, flat };
}

const withoutNote = (callback: LastCallback | null): LastCallback | null =>
  callback && { ...callback, note: null };
