import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { wallClock } from '#calendar';
import { defaultPolicy } from '#policies';
import { InstantParameter } from '../query-fields.js';
import { ReadRoute } from '../read-route.js';
import { Districts } from './districts.js';
import { Policies } from './policies.js';
import { PoliciesView, policiesView } from './policy.view.js';

const timeZone = 'Asia/Shanghai';

class AtQuery {
  @InstantParameter('Which version is in force then; now when absent.')
  readonly at?: string;
}

@ApiTags('policies 政策')
@Controller('v1/districts/:code/policies')
export class PolicyReadController {
  constructor(
    private readonly policies: Policies,
    private readonly districts: Districts,
  ) {}

  @ReadRoute('', {
    allow: 'read-policy',
    summary: 'The policy of a district 区政策',
    description:
      'Every version it has published, and which one is in force: its own, else the default’s, else the one that comes with ' +
      'the program. Told from the events themselves: always up to date, but that there is such a district the stations tell.',
    answer: PoliciesView,
    reads: ['station'],
    problems: ['invalid-query', 'unknown-district'],
  })
  @ApiParam({ name: 'code', example: '和平区', description: 'A district, or `default`.' })
  async read(@Param('code') code: string, @Query() { at }: AtQuery): Promise<PoliciesView> {
    const own = await this.policies.published(code);
    if (own.length === 0) await this.districts.mustKnow(code, defaultPolicy);
    const asked = at ?? new Date().toISOString();
    const inForce = await this.policies.inForce(code, timeZone, asked);
    return policiesView(code, wallClock(asked, timeZone).day, inForce, own);
  }
}
