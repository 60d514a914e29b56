import { ApiProperty } from '@nestjs/swagger';
import { type AnyProjection, tablesOf } from '#read-store';

/** What a read model had applied when it was read. */
export class AsOf {
  @ApiProperty({
    example: '48213',
    description:
      'The last position of all events that is in the answer. Behind Kafka an event of another stream before it may be still to ' +
      'come: to be certain of a write, send its Consistency-Token.',
  })
  readonly position!: string;
  @ApiProperty({
    nullable: true,
    type: String,
    format: 'date-time',
    example: '2026-11-22T02:30:00.000Z',
    description: 'When the last applied event was recorded.',
  })
  readonly recordedAt!: string | null;
}

/** One row with the columns of {@link AsOf}, to be joined: within one statement it is of the same snapshot as the rows. */
export const asOf = (projection: AnyProjection): string =>
  `(select position, recorded_at as "recordedAt" from projection_checkpoint
    where projection = '${tablesOf(projection).checkpoint}' order by projection_checkpoint.position desc limit 1)`;
