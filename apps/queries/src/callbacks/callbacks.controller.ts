import { Controller, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { ReadRoute } from '../read-route.js';
import { StationReader } from '../station/station.reader.js';
import { CallbacksQuery } from './callbacks.query.js';
import { CallbacksReader } from './callbacks.reader.js';
import { CallbacksPage, attempts, dueCallback } from './callbacks.view.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class CallbacksController {
  constructor(
    private readonly stations: StationReader,
    private readonly callbacks: CallbacksReader,
  ) {}

  @ReadRoute(':code/callbacks', {
    allow: 'read-callbacks',
    summary: 'Whom to call back 待回访',
    description:
      'Requests that are resolved and whose resident has not answered yet, what has waited longest first. Whoever was called ' +
      'in vain as often as it is tried, who stayed anonymous, and what was closed is not on the list.',
    answer: CallbacksPage,
    reads: ['station', 'request'],
    problems: ['invalid-query', 'unknown-station', 'foreign-station', 'out-of-scope'],
  })
  async read(
    @Param('code') code: string,
    @Query() query: CallbacksQuery,
    @Caller() caller: Principal,
  ): Promise<CallbacksPage> {
    const station = await this.stations.find(code);
    if (!station) throw new Problem('unknown-station', { station: code });
    authorise(caller, 'read-callbacks', { ...station, station: station.code });
    const { asOf, rows, next } = await this.callbacks.page(station.code, query);
    const { name, time_zone: timeZone } = station;
    return { station: { code, name, timeZone }, asOf, attempts, items: rows.map(dueCallback), next };
  }
}
