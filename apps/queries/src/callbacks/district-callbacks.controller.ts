import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Districts } from '../policy/districts.js';
import { Policies } from '../policy/policies.js';
import { ReadRoute } from '../read-route.js';
import { CallbacksQuery } from './callbacks.query.js';
import { CallbacksReader } from './callbacks.reader.js';
import { DistrictCallbacksPage, districtCallback } from './callbacks.view.js';

// Policies are Chinese districts': their days begin there.
const timeZone = 'Asia/Shanghai';

@ApiTags('districts 区')
@Controller('v1/districts')
export class DistrictCallbacksController {
  constructor(
    private readonly districts: Districts,
    private readonly callbacks: CallbacksReader,
    private readonly policies: Policies,
  ) {}

  @ReadRoute(':code/callbacks', {
    allow: 'read-callbacks',
    summary: 'Whom to call back in a district 区待回访',
    description:
      'The lists of all its stations as one, what has waited longest first. For those who answer for the whole district.',
    answer: DistrictCallbacksPage,
    reads: ['station', 'request'],
    problems: ['invalid-query', 'unknown-district', 'foreign-station', 'out-of-scope'],
  })
  @ApiParam({ name: 'code', example: '海淀区', description: 'The district’s name.' })
  async read(
    @Param('code') district: string,
    @Query() query: CallbacksQuery,
    @Caller() caller: Principal,
  ): Promise<DistrictCallbacksPage> {
    authorise(caller, 'read-callbacks', { district, street: '', community: '', station: '' });
    await this.districts.mustKnow(district);
    const { asOf, rows, next } = await this.callbacks.page('district', district, query);
    const { policy } = await this.policies.inForce(district, timeZone, new Date().toISOString());
    const { attempts } = policy.callbacks;
    return { district, asOf, attempts, items: rows.map(districtCallback), next };
  }
}
