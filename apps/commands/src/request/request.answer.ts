import { ApiProperty } from '@nestjs/swagger';
import { type Status, allowedCommands, requestStream, statuses } from '#requests';
import { Answer } from '../answer.js';
import type { RequestOutcome } from './request.handler.js';

export class RequestAnswer {
  @ApiProperty({
    example: 'YFXJ-261122-7K3QX',
    description: 'The number of the request, short enough to say aloud.',
  })
  readonly id!: string;

  @ApiProperty({ enum: statuses, example: 'assigned' })
  readonly status!: Status;

  @ApiProperty({ example: '1', description: 'Revision of the request’s stream: its ETag.' })
  readonly revision!: string;

  @ApiProperty({
    example: ['Assigned'],
    description: 'The events this command appended; none when it was in effect.',
  })
  readonly events!: string[];

  @ApiProperty({ example: ['Assign', 'Accept', 'Return', 'Resolve'], description: 'What may be asked next.' })
  readonly allowed!: string[];
}

export class SplitAnswer extends RequestAnswer {
  @ApiProperty({ example: ['YFXJ-261122-M4YBZ'], description: 'The numbers of the parts that were named.' })
  readonly parts!: string[];
}

export function requestAnswer(id: string, outcome: RequestOutcome): Answer<RequestAnswer> {
  const { state, events, revision, position } = outcome;
  const body = {
    id,
    status: state.status,
    revision: revision.toString(),
    events: events.map(({ type }) => type),
    allowed: allowedCommands(state.status),
  };
  return new Answer(body, { stream: requestStream(id), revision, position }, `/v1/requests/${id}`);
}
