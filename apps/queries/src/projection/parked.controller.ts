import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Allow } from '#access';
import { ApiProblems, Problem } from '#problems';
import { NothingParked, type Projections, StillParked } from '#read-store';
import { ReadModels } from '../read-models.js';
import { ParkedList, ParkedOutcome } from './parked.view.js';

export class DiscardBody {
  @ApiProperty({ maxLength: 500, example: 'written by a faulty import, corrected by hand' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  readonly reason!: string;
}

/** What a projection could not apply waits here, with all that followed of the same stream, for an operator. */
@ApiTags('projections 读模型')
@Controller('v1/parked')
export class ParkedController {
  constructor(private readonly models: ReadModels) {}

  @Get()
  @Allow('read-projections')
  @ApiOperation({ summary: 'Streams whose events could not be applied 暂存的事件流' })
  @ApiOkResponse({ type: ParkedList })
  async list(): Promise<ParkedList> {
    return { items: await this.models.projections.parked() };
  }

  @Post(':projection/:stream/retry')
  @HttpCode(200)
  @Allow('rebuild-projection')
  @ApiOperation({ summary: 'Apply what is parked of a stream, in its order, all of it or none 重试' })
  @ApiOkResponse({ type: ParkedOutcome })
  @ApiProblems('unknown-projection', 'nothing-parked', 'still-parked')
  retry(@Param('projection') name: string, @Param('stream') stream: string): Promise<ParkedOutcome> {
    return this.outcome(name, stream, (projections) => projections.retryParked(name, stream));
  }

  @Post(':projection/:stream/discard')
  @HttpCode(200)
  @Allow('rebuild-projection')
  @ApiOperation({
    summary: 'Give up on what is parked of a stream 放弃',
    description:
      'The records are kept with the reason. Their events stay in the event store, and a rebuild meets them again.',
  })
  @ApiOkResponse({ type: ParkedOutcome })
  @ApiProblems('unknown-projection', 'nothing-parked')
  discard(
    @Param('projection') name: string,
    @Param('stream') stream: string,
    @Body() { reason }: DiscardBody,
  ): Promise<ParkedOutcome> {
    return this.outcome(name, stream, (projections) => projections.discardParked(name, stream, reason));
  }

  private async outcome(
    name: string,
    stream: string,
    work: (projections: Projections) => Promise<number>,
  ): Promise<ParkedOutcome> {
    const known = this.models.projections.status().map((projection) => projection.name);
    if (!known.includes(name)) throw new Problem('unknown-projection', { name }, { known });
    try {
      return { records: await work(this.models.projections) };
    } catch (error) {
      if (error instanceof NothingParked) throw new Problem('nothing-parked', { name, stream });
      if (error instanceof StillParked) throw new Problem('still-parked', { stream, why: error.message });
      throw error;
    }
  }
}
