import { ApiProperty } from '@nestjs/swagger';
import type { StationRow } from './station.projection.js';

export class ListedStation {
  @ApiProperty({ example: 'YFXJ' }) readonly code!: string;
  @ApiProperty({ example: '永丰西里驿站' }) readonly name!: string;
  @ApiProperty({ example: '永丰社区' }) readonly community!: string;
  @ApiProperty({ example: '学院路街道' }) readonly street!: string;
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ example: 'Asia/Shanghai', description: 'Its days are days there.' })
  readonly timeZone!: string;
  @ApiProperty({ description: 'False once it was closed.', example: true }) readonly open!: boolean;
}

export class StationList {
  @ApiProperty({ type: [ListedStation] }) readonly items!: ListedStation[];
}

export const listedStation = (row: StationRow): ListedStation => ({
  code: row.code,
  name: row.name,
  community: row.community,
  street: row.street,
  district: row.district,
  timeZone: row.time_zone,
  open: row.open,
});
