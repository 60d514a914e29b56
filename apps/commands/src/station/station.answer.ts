import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-sourcing';
import { type StationEvent, type StationState, stationStream } from '#stations';
import { Answer } from '../answer.js';

export class StationAnswer {
  @ApiProperty({ example: 'YFXJ' })
  readonly code!: string;

  @ApiProperty({ enum: ['open', 'closed'], example: 'open' })
  readonly status!: string;

  @ApiProperty({ example: '幸福小区驿站' })
  readonly name!: string;

  @ApiProperty({ example: '0', description: 'Revision of the station’s stream.' })
  readonly revision!: string;
}

export function stationAnswer(
  code: string,
  outcome: Outcome<StationState, StationEvent>,
): Answer<StationAnswer> {
  const { state, revision, position } = outcome;
  const name = state.status === 'unopened' ? '' : state.name;
  const body = { code, status: state.status, name, revision: revision.toString() };
  return new Answer(body, { stream: stationStream(code), revision, position });
}
