import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ProjectionStatus, RebuildStatus } from '#read-store';

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
  @ApiProperty({ description: 'Over the last ten seconds.', example: 120 })
  readonly eventsPerSecond!: number;
  @ApiProperty({ ...maybe, type: String, description: 'The mistake that stopped it.' })
  readonly failure!: string | null;
  @ApiProperty({ ...maybe, type: RebuildView, description: 'The last one since the process started.' })
  readonly rebuild!: RebuildView | null;
}

export class ProjectionList {
  @ApiProperty({ type: [ProjectionView] }) readonly items!: ProjectionView[];
}

export function projectionView({ failure, rebuild, ...status }: ProjectionStatus): ProjectionView {
  return {
    ...status,
    position: status.position.toString(),
    recordedAt: status.recordedAt ?? null,
    failure: failure ?? null,
    rebuild: rebuild ? rebuildView(rebuild) : null,
  };
}

const rebuildView = (rebuild: RebuildStatus): RebuildView =>
  rebuild.state === 'running' ? { ...rebuild, position: rebuild.position.toString() } : { ...rebuild };
