import { Controller, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { pageSize } from '../paging.js';
import { ReadRoute } from '../read-route.js';
import { StationReader } from '../station/station.reader.js';
import { restOfDay } from './day.js';
import { TodayQuery } from './today.query.js';
import { TodayReader } from './today.reader.js';
import { TodayAnswer, todayAnswer } from './today.view.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class TodayController {
  constructor(
    private readonly stations: StationReader,
    private readonly today: TodayReader,
  ) {}

  @ReadRoute(':code/today', {
    allow: 'read-logbook',
    summary: 'What a station has before it today 今日待办',
    description:
      'Overdue, due today, waiting for acceptance, to be called back: how many, and the first of each. The day is the one it ' +
      'is at the station. A request may stand on several lists; what was paused before its deadline is not due.',
    answer: TodayAnswer,
    reads: ['station', 'request'],
    problems: ['invalid-query', 'unknown-station', 'foreign-station', 'out-of-scope'],
  })
  async read(
    @Param('code') code: string,
    @Query() { limit = pageSize.usual }: TodayQuery,
    @Caller() caller: Principal,
  ): Promise<TodayAnswer> {
    const station = await this.stations.find(code);
    if (!station) throw new Problem('unknown-station', { station: code });
    authorise(caller, 'read-logbook', { ...station, station: station.code });
    const span = restOfDay(new Date().toISOString(), station.time_zone);
    const { asOf, lists } = await this.today.lists(station.code, span, limit);
    return todayAnswer(station, span, asOf, lists);
  }
}
