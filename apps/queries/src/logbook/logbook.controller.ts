import { Controller, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { ReadRoute } from '../read-route.js';
import { StationReader } from '../station/station.reader.js';
import { LogbookQuery } from './logbook.query.js';
import { LogbookReader } from './logbook.reader.js';
import { LogbookPage, logbookLine, logbookStation } from './logbook.view.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class LogbookController {
  constructor(
    private readonly stations: StationReader,
    private readonly logbook: LogbookReader,
  ) {}

  @ReadRoute(':code/logbook', {
    allow: 'read-logbook',
    summary: 'The logbook of a station 登记簿',
    description:
      'The columns of the register, newest first or the open ones first, with the position it was read at. Pages stay ' +
      'stable while requests arrive and change; what was entered late stands on the day it happened.',
    answer: LogbookPage,
    reads: ['station', 'logbook'],
    problems: ['invalid-query', 'unknown-station', 'foreign-station', 'out-of-scope'],
  })
  async read(
    @Param('code') code: string,
    @Query() query: LogbookQuery,
    @Caller() caller: Principal,
  ): Promise<LogbookPage> {
    const station = await this.stations.find(code);
    if (!station) throw new Problem('unknown-station', { station: code });
    authorise(caller, 'read-logbook', { ...station, station: station.code });
    const { asOf, rows, next } = await this.logbook.page(station, query);
    return { station: logbookStation(station), asOf, items: rows.map(logbookLine), next };
  }
}
