import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, type Principal } from '#access';
import { ReadRoute } from '../read-route.js';
import { StatisticsOfDistrict } from './district.statistics.js';
import { districtCounts } from './statistics.answer.js';
import { StatisticsQuery } from './statistics.query.js';
import { StatisticsReader } from './statistics.reader.js';
import { DistrictList, DistrictStatistics } from './statistics.view.js';

const reads = ['statistics', 'station'];

@ApiTags('districts 区')
@Controller('v1/districts')
export class StatisticsController {
  constructor(
    private readonly statistics: StatisticsReader,
    private readonly figures: StatisticsOfDistrict,
  ) {}

  @ReadRoute('', {
    allow: 'read-statistics',
    summary: 'Districts 各区',
    description: 'Every district within the caller’s scope, its stations, and how much they ever logged.',
    answer: DistrictList,
    reads,
  })
  async list(@Caller() caller: Principal): Promise<DistrictList> {
    const { asOf, totals } = await this.statistics.totals(caller);
    return { items: districtCounts(totals), window: { by: 'creation', from: null, to: null }, asOf };
  }

  @ReadRoute(':code/statistics', {
    allow: 'read-statistics',
    summary: 'Statistics of a district 区统计',
    description:
      'Of everything ever logged unless `from` or `to` say less. All figures of an answer are of one moment, `asOf`; the ' +
      'counts of categories, days and stations each add up to the whole. Hours and rates have one decimal, half up; ' +
      'percentiles are of nearest rank. What there is nothing to say of is null, not 0.',
    answer: DistrictStatistics,
    reads,
    problems: ['invalid-query', 'unknown-district', 'out-of-scope'],
  })
  @ApiParam({ name: 'code', example: '海淀区', description: 'The district’s name.' })
  district(
    @Param('code') district: string,
    @Query() query: StatisticsQuery,
    @Caller() caller: Principal,
  ): Promise<DistrictStatistics> {
    return this.figures.read(district, query, caller);
  }
}
