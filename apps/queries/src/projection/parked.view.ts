import { ApiProperty } from '@nestjs/swagger';

export class ParkedStream {
  @ApiProperty({ example: 'logbook' }) readonly projection!: string;
  @ApiProperty({ example: 'request-YFXJ-261122-7K3QX' }) readonly stream!: string;
  @ApiProperty({ description: 'Why the first of its records could not be applied.' })
  readonly reason!: string;
  @ApiProperty({ example: '4711', description: 'Of that record, in all events.' }) readonly position!: string;
  @ApiProperty({ example: 3, description: 'With those that followed.' }) readonly records!: number;
  @ApiProperty({ format: 'date-time' }) readonly parkedAt!: string;
}

export class ParkedList {
  @ApiProperty({ type: [ParkedStream] }) readonly items!: ParkedStream[];
}

export class ParkedOutcome {
  @ApiProperty({ example: 3, description: 'Records that left the parking.' }) readonly records!: number;
}
