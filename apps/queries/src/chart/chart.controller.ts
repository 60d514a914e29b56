import { Controller, Header, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, type Principal } from '#access';
import { ReadRoute } from '../read-route.js';
import { StatisticsOfDistrict } from '../statistics/district.statistics.js';
import { chartOption, size } from './chart.option.js';
import { ChartQuery } from './chart.query.js';
import { monthAt, monthOf } from './month.js';

const timeZone = 'Asia/Shanghai';

@ApiTags('districts 区')
@Controller('v1/districts')
export class ChartController {
  constructor(private readonly statistics: StatisticsOfDistrict) {}

  @ReadRoute(':code/statistics.svg', {
    allow: 'read-statistics',
    summary: 'A district’s month, drawn 区月度图',
    description:
      'Logged and resolved day by day, what is open by its age, and how long resolving took: the figures of `…/statistics` ' +
      'from the first to the last day of the month. For print as well: greys, no colours.',
    content: 'image/svg+xml',
    reads: ['statistics', 'station'],
    problems: ['invalid-query', 'unknown-district', 'out-of-scope'],
  })
  @ApiParam({ name: 'code', example: '海淀区', description: 'The district’s name.' })
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  // Opened by itself it may do nothing, whatever a district is called.
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  @Header('x-content-type-options', 'nosniff')
  async draw(
    @Param('code') district: string,
    @Query() { month }: ChartQuery,
    @Caller() caller: Principal,
  ): Promise<string> {
    const drawn = monthOf(month ?? monthAt(new Date().toISOString(), timeZone));
    const [from, to] = [drawn.days[0] as string, drawn.days.at(-1) as string];
    const statistics = await this.statistics.read(district, { from, to }, caller);
    // Half a second and some memory that a station without charts does not need.
    const { svgOf } = await import('./chart.svg.js');
    return svgOf(chartOption(statistics, drawn), size);
  }
}
