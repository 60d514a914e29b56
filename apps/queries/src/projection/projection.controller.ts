import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '#access';
import { ApiProblems, Problem } from '#problems';
import { RebuildRunning } from '#read-store';
import { ReadModels } from '../read-models.js';
import { ProjectionList, ProjectionView, projectionView } from './projection.view.js';

const name = { name: 'name', example: 'statistics' };

@ApiTags('projections 读模型')
@Controller('v1/projections')
export class ProjectionController {
  constructor(private readonly models: ReadModels) {}

  @Get()
  @Allow('read-projections')
  @ApiOperation({ summary: 'Projections: how far each has come, and how fast 读模型' })
  @ApiOkResponse({ type: ProjectionList })
  list(): ProjectionList {
    return { items: this.models.projections.status().map(projectionView) };
  }

  @Get(':name')
  @Allow('read-projections')
  @ApiOperation({ summary: 'One projection, and how its rebuild goes' })
  @ApiParam(name)
  @ApiOkResponse({ type: ProjectionView })
  @ApiProblems('unknown-projection')
  one(@Param('name') name: string): ProjectionView {
    const status = this.models.projections.status().find((projection) => projection.name === name);
    if (!status) throw new Problem('unknown-projection', { name }, { known: this.names() });
    return projectionView(status);
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
  rebuild(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): ProjectionView {
    this.one(name);
    try {
      // How it ends is in the status, and in the log.
      void this.models.projections.rebuild(name).catch(() => undefined);
    } catch (error) {
      throw error instanceof RebuildRunning ? new Problem('rebuild-running', { name }) : error;
    }
    reply.header('Location', `/v1/projections/${name}`);
    return this.one(name);
  }

  private names(): string[] {
    return this.models.projections.status().map((projection) => projection.name);
  }
}
