import { ApiProperty } from '@nestjs/swagger';
import type { Principal } from '#access';
import { type Level, type Status, levels, statuses } from '#requests';
import { HandlerView } from '../request/handler.view.js';
import { RequestView, requestView } from '../request/request.view.js';
import type { Chronicle, Told } from './request.history.js';

const maybe = { nullable: true } as const;
const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

class HistoryActor {
  @ApiProperty({ example: '张连生' }) readonly name!: string;
  @ApiProperty({ example: 'volunteer' }) readonly role!: string;
  @ApiProperty({ ...maybe, type: String, example: 'YFXJ', description: 'The station of the token.' })
  readonly station!: string | null;
  @ApiProperty({ example: 'zhangls', description: 'The subject of the token.' }) readonly subject!: string;
}

/** Where an event led. */
class HistoryState {
  @ApiProperty({ enum: statuses, example: 'assigned' }) readonly status!: Status;
  @ApiProperty({ description: 'Still somebody’s work.', example: true }) readonly open!: boolean;
  @ApiProperty({ ...maybe, type: HandlerView, description: 'Who is doing it.' })
  readonly holder!: HandlerView | null;
  @ApiProperty({ ...maybe, type: HandlerView, description: '首接单位' }) readonly lead!: HandlerView | null;
  @ApiProperty({ enum: levels, example: 'station' }) readonly level!: Level;
  @ApiProperty({ description: 'The clock stands still.', example: false }) readonly paused!: boolean;
  @ApiProperty({ ...maybe, type: String, example: '道路结冰' }) readonly category!: string | null;
  @ApiProperty({ ...maybe, type: String, example: '物业已清理' }) readonly outcome!: string | null;
  @ApiProperty({ example: 0 }) readonly returns!: number;
  @ApiProperty({ example: 0 }) readonly reopenings!: number;
  @ApiProperty({ example: 0 }) readonly callbacks!: number;
}

export class HistoryEvent {
  @ApiProperty({ example: 'Assigned' }) readonly type!: string;
  @ApiProperty({ example: '1' }) readonly revision!: string;
  @ApiProperty({ example: '48213', description: 'In `$all`.' }) readonly position!: string;
  @ApiProperty({ format: 'uuid' }) readonly eventId!: string;
  @ApiProperty({ type: HistoryActor }) readonly actor!: HistoryActor;
  @ApiProperty(time) readonly occurredAt!: string;
  @ApiProperty({ ...time, description: 'Later than `occurredAt` where it was entered afterwards.' })
  readonly recordedAt!: string;
  @ApiProperty({ description: 'X-Correlation-Id of the request that it came with.' })
  readonly correlationId!: string;
  @ApiProperty({ type: Object, example: { to: { id: 'wuye-yf', kind: 'property', name: '永丰物业' } } })
  readonly data!: object;
  @ApiProperty({ type: HistoryState }) readonly state!: HistoryState;
}

export class RequestHistoryView {
  @ApiProperty({ type: RequestView, description: 'As it stands after the last of the events.' })
  readonly request!: RequestView;
  @ApiProperty({ type: [HistoryEvent], description: 'In the order in which they were recorded.' })
  readonly events!: HistoryEvent[];
}

export const requestHistoryView = ({ told, row }: Chronicle, caller: Principal): RequestHistoryView => ({
  request: requestView(row, caller),
  events: told.map(historyEvent),
});

const historyEvent = ({ event, row }: Told): HistoryEvent => ({
  type: event.type,
  revision: event.revision.toString(),
  position: event.position.toString(),
  eventId: event.id,
  actor: {
    name: event.metadata.actor.name,
    role: event.metadata.actor.role,
    station: event.metadata.actor.station ?? null,
    subject: event.metadata.actor.subject,
  },
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  correlationId: event.metadata.$correlationId,
  data: event.data,
  state: {
    status: row.status,
    open: row.open,
    holder: row.holder,
    lead: row.lead,
    level: row.level,
    paused: row.paused_at !== null,
    category: row.category,
    outcome: row.outcome,
    returns: row.returns,
    reopenings: row.reopenings,
    callbacks: row.callbacks,
  },
});
