import { Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '#access';
import { EventStore } from '#event-store';
import { ApiProblems, Problem } from '#problems';
import { type ProjectionStatus, RebuildRunning } from '#read-store';
import { ReadModels } from '../read-models.js';
import {
  DroppedView,
  ProjectionList,
  ProjectionView,
  RelayLagList,
  projectionView,
} from './projection.view.js';
import { relayLags } from './relay-lag.js';

const name = { name: 'name', example: 'statistics' };

@ApiTags('projections 读模型')
@Controller('v1/projections')
export class ProjectionController {
  constructor(
    private readonly models: ReadModels,
    private readonly store: EventStore,
  ) {}

  @Get()
  @Allow('read-projections')
  @ApiOperation({ summary: 'Projections: how far each has come, and how fast 读模型' })
  @ApiOkResponse({ type: ProjectionList })
  async list(): Promise<ProjectionList> {
    const shared = await this.models.projections.shared();
    const items = this.models.projections.status();
    return { items: items.map((status) => projectionView(status, shared.get(status.name))) };
  }

  @Get('relay')
  @Allow('read-projections')
  @ApiOperation({ summary: 'How far the relay is behind the event store, by topic 中继' })
  @ApiOkResponse({ type: RelayLagList })
  async relay(): Promise<RelayLagList> {
    return { items: await relayLags(this.models.database, this.store) };
  }

  @Delete(':name/old')
  @Allow('rebuild-projection')
  @ApiOperation({ summary: 'Drop the tables that a rebuild has put aside' })
  @ApiParam(name)
  @ApiOkResponse({ type: DroppedView })
  @ApiProblems('unknown-projection')
  async dropOld(@Param('name') name: string): Promise<DroppedView> {
    this.known(name);
    return { dropped: await this.models.projections.dropOld(name) };
  }

  @Get(':name')
  @Allow('read-projections')
  @ApiOperation({ summary: 'One projection, and how its rebuild goes' })
  @ApiParam(name)
  @ApiOkResponse({ type: ProjectionView })
  @ApiProblems('unknown-projection')
  async one(@Param('name') name: string): Promise<ProjectionView> {
    const status = this.known(name);
    return projectionView(status, (await this.models.projections.shared()).get(name));
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Allow('rebuild-projection')
  @ApiOperation({
    summary: 'Build a projection anew from the first event 重建读模型',
    description:
      'The present tables are read until the new ones have come as far; then those take over at once. `Location` says where ' +
      'to look how it goes. Broken off, it leaves everything as it was.',
  })
  @ApiParam(name)
  @ApiAcceptedResponse({
    type: ProjectionView,
    headers: { Location: { description: 'Where to look', schema: { type: 'string' } } },
  })
  @ApiProblems('unknown-projection', 'rebuild-running')
  async rebuild(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectionView> {
    this.known(name);
    try {
      const { done } = await this.models.projections.beginRebuild(name);
      done.catch(() => undefined); // how it ends is in the status, and in the log
    } catch (error) {
      throw error instanceof RebuildRunning ? new Problem('rebuild-running', { name }) : error;
    }
    reply.header('Location', `/v1/projections/${name}`);
    return this.one(name);
  }

  private known(name: string): ProjectionStatus {
    const all = this.models.projections.status();
    const status = all.find((projection) => projection.name === name);
    if (!status) throw new Problem('unknown-projection', { name }, { known: all.map((one) => one.name) });
    return status;
  }
}
