import { Controller, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { Policies } from '../policy/policies.js';
import { ReadRoute } from '../read-route.js';
import { StationReader } from '../station/station.reader.js';
import { CallbacksQuery } from './callbacks.query.js';
import { CallbacksReader } from './callbacks.reader.js';
import { CallbacksPage, dueCallback } from './callbacks.view.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class CallbacksController {
  constructor(
    private readonly stations: StationReader,
    private readonly callbacks: CallbacksReader,
    private readonly policies: Policies,
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
    const { asOf, rows, next } = await this.callbacks.page('station', station.code, query);
    const { name, time_zone: timeZone, district } = station;
    const { policy } = await this.policies.inForce(district, timeZone, new Date().toISOString());
    const { attempts } = policy.callbacks;
    return { station: { code, name, timeZone }, asOf, attempts, items: rows.map(dueCallback), next };
  }
}
