import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ProjectionStatus, RebuildStatus, SharedStatus } from '#read-store';
import { RelayLag } from './relay-lag.js';

const states = ['building', 'live', 'catching-up', 'retrying', 'failed', 'stopped'];
const maybe = { nullable: true } as const;

export class RebuildView {
  @ApiProperty({ enum: ['running', 'done', 'failed'] }) readonly state!: string;
  @ApiPropertyOptional({ example: 12_000 }) readonly events?: number;
  @ApiPropertyOptional({ example: 1.9 }) readonly seconds?: number;
  @ApiPropertyOptional({ description: 'How far it has come; compare with `position` beside it.' })
  readonly position?: string;
  @ApiPropertyOptional({ description: 'Why it failed. What was served still is.' }) readonly reason?: string;
}

export class HaltedPartition {
  @ApiProperty({ example: 3 }) readonly partition!: number;
  @ApiProperty() readonly reason!: string;
}

export class DroppedView {
  @ApiProperty({ description: 'Whether there was anything.' }) readonly dropped!: boolean;
}

export class RelayLagList {
  @ApiProperty({ type: [RelayLag] }) readonly items!: RelayLag[];
}

export class ProjectionView {
  @ApiProperty({ example: 'statistics' }) readonly name!: string;
  @ApiProperty({ example: 1 }) readonly version!: number;
  @ApiProperty({ enum: states, example: 'live' }) readonly state!: string;
  @ApiProperty({ description: 'Whether it has been complete once and may be read.' })
  readonly served!: boolean;
  @ApiProperty({
    example: '4711',
    description: 'The last applied position of all events; -1 before the first.',
  })
  readonly position!: string;
  @ApiProperty({ ...maybe, type: String, format: 'date-time', description: 'When that was recorded.' })
  readonly recordedAt!: string | null;
  @ApiProperty({ description: 'Age of the oldest event that waits.', example: 0 })
  readonly lagSeconds!: number;
  @ApiProperty({
    ...maybe,
    type: Number,
    description: 'Records that wait; null where the event store is read.',
  })
  readonly lagEvents!: number | null;
  @ApiProperty({
    type: [HaltedPartition],
    description: 'Partitions that stand still, whichever process has them.',
  })
  readonly halted!: HaltedPartition[];
  @ApiProperty({ description: 'Records that could not be applied, and those behind them.', example: 0 })
  readonly parked!: number;
  @ApiProperty({ description: 'Over the last ten seconds.', example: 120 })
  readonly eventsPerSecond!: number;
  @ApiProperty({ ...maybe, type: String, description: 'The mistake that stopped it.' })
  readonly failure!: string | null;
  @ApiProperty({
    ...maybe,
    type: RebuildView,
    description: 'The last one of this version, whichever process is asked.',
  })
  readonly rebuild!: RebuildView | null;
}

export class ProjectionList {
  @ApiProperty({ type: [ProjectionView] }) readonly items!: ProjectionView[];
}

export function projectionView(
  status: ProjectionStatus,
  { halted, rebuild }: SharedStatus = { halted: [], rebuild: undefined },
): ProjectionView {
  const { failure, lagEvents, gaps: _, rebalances: __, ...shown } = status;
  return {
    ...shown,
    position: status.position.toString(),
    recordedAt: status.recordedAt ?? null,
    lagEvents: lagEvents ?? null,
    // What stands still at another process is no less behind.
    state: halted.length > 0 ? 'failed' : status.state,
    halted,
    failure: failure ?? halted[0]?.reason ?? null,
    rebuild: rebuild ? rebuildView(rebuild) : null,
  };
}

const rebuildView = (rebuild: RebuildStatus): RebuildView =>
  rebuild.state === 'running' ? { ...rebuild, position: rebuild.position.toString() } : { ...rebuild };
