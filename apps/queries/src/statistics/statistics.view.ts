import { ApiProperty } from '@nestjs/swagger';
import { Figures } from './figures.js';
import { DurationFigures, OpenByAge } from './spreads.js';
import { bases } from './statistics.cells.js';

export class AsOfView {
  @ApiProperty({ example: '4711', description: 'The last position of all events that is counted.' })
  readonly position!: string;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'When it was recorded.' })
  readonly recordedAt!: string | null;
}

export class WindowView {
  @ApiProperty({ enum: bases }) readonly by!: string;
  @ApiProperty({ nullable: true, type: String, format: 'date', description: 'Null: from the beginning.' })
  readonly from!: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date', description: 'Null: until now.' })
  readonly to!: string | null;
}

export class CategoryFigures extends Figures {
  @ApiProperty({ example: '扫雪除冰', description: '`unlisted` for requests without a category.' })
  readonly category!: string;
  @ApiProperty({ description: 'False for those without a category.' }) readonly listed!: boolean;
}

export class DayFigures extends Figures {
  @ApiProperty({ format: 'date', example: '2026-11-22' }) readonly day!: string;
}

export class StationFigures extends Figures {
  @ApiProperty({ example: 'YFXJ' }) readonly station!: string;
  @ApiProperty({ nullable: true, type: String, example: '永丰西里驿站' }) readonly name!: string | null;
  @ApiProperty({ description: 'False for requests of a station that was never opened.' })
  readonly listed!: boolean;
}

/** Counts and sample sizes of each list add up to those of the whole. */
export class DistrictStatistics {
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ type: WindowView }) readonly window!: WindowView;
  @ApiProperty({ type: AsOfView }) readonly asOf!: AsOfView;
  @ApiProperty({ type: Figures }) readonly whole!: Figures;
  @ApiProperty({ type: [CategoryFigures], description: 'Most requests first, unlisted last.' })
  readonly byCategory!: CategoryFigures[];
  @ApiProperty({ type: [DayFigures], description: 'Days with requests, in order.' })
  readonly byDay!: DayFigures[];
  @ApiProperty({ type: [StationFigures], description: 'Every station, those without requests too.' })
  readonly byStation!: StationFigures[];
  @ApiProperty({
    type: OpenByAge,
    description:
      'All that is open of what was logged up to the end of the window, also before its beginning.',
  })
  readonly openByAge!: OpenByAge;
  @ApiProperty({ type: [DurationFigures], description: 'Add up to `n` of the hours to resolution.' })
  readonly resolvedByHours!: DurationFigures[];
}

export class StationCounts {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ nullable: true, type: String, example: '永丰西里驿站' }) readonly name!: string | null;
  @ApiProperty({ description: 'False for requests of a station that was never opened.' })
  readonly listed!: boolean;
  @ApiProperty({ example: 44 }) readonly logged!: number;
  @ApiProperty({ example: 38 }) readonly resolved!: number;
  @ApiProperty({ example: 4 }) readonly open!: number;
}

export class DistrictCounts {
  @ApiProperty({ example: '海淀区', description: 'Also its code in `/v1/districts/:code/statistics`.' })
  readonly district!: string;
  @ApiProperty({ example: 44 }) readonly logged!: number;
  @ApiProperty({ example: 38 }) readonly resolved!: number;
  @ApiProperty({ example: 4 }) readonly open!: number;
  @ApiProperty({ type: [StationCounts] }) readonly stations!: StationCounts[];
}

export class DistrictList {
  @ApiProperty({ type: [DistrictCounts] }) readonly items!: DistrictCounts[];
  @ApiProperty({ type: WindowView, description: 'All that was ever logged.' }) readonly window!: WindowView;
  @ApiProperty({ type: AsOfView }) readonly asOf!: AsOfView;
}
