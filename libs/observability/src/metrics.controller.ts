import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { LoopbackOnly, Open } from '#access';
import { ApiProblems } from '#problems';
import { metrics } from './metrics.js';

@ApiTags('operation')
@Controller('metrics')
export class MetricsController {
  /** Prometheus' text format; answers on the loopback interface only. */
  @Get()
  @Open()
  @UseGuards(LoopbackOnly)
  @Header('content-type', metrics.contentType)
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus text format, on the loopback interface only', type: String })
  @ApiProblems('not-found-route')
  scrape(): Promise<string> {
    return metrics.metrics();
  }
}
