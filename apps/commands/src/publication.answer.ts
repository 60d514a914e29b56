import { ApiProperty } from '@nestjs/swagger';
import type { DomainEvent, Outcome } from '#event-sourcing';
import { type Policy, shippedPolicy } from '#policies';
import { Answer } from './answer.js';

/** What became of a policy or a calendar. */
export class PublicationAnswer {
  @ApiProperty({ example: '和平区', description: 'A district, or `default` for all of them.' })
  readonly code!: string;

  @ApiProperty({ example: 2, description: 'The last version there is.' })
  readonly version!: number;

  @ApiProperty({ example: ['PolicyPublished'], description: 'None where it was published before.' })
  readonly events!: string[];

  @ApiProperty({ example: false, description: 'Nothing was stored.' })
  readonly dryRun!: boolean;

  @ApiProperty({ example: '1', description: 'Revision of the stream.' })
  readonly revision!: string;
}

export class PolicyPublicationAnswer extends PublicationAnswer {
  @ApiProperty({
    type: Object,
    description: 'As it was understood, with what stands for whatever was left out.',
    example: shippedPolicy,
  })
  readonly policy!: Policy;
}

type Publication = { code: string; stream: string; version: number; dryRun: boolean };

export function publicationAnswer(
  { code, stream, version, dryRun }: Publication,
  { events, revision, position }: Outcome<unknown, DomainEvent>,
): Answer<PublicationAnswer> {
  const types = events.map(({ type }) => type);
  const body = { code, version, events: types, dryRun, revision: revision.toString() };
  return new Answer(body, { stream, revision, position });
}
