import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { wallClock } from '#calendar';
import { fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type PolicyEvent, defaultPolicy, policyDecider, policyInForce, policyStream } from '#policies';
import { InstantParameter } from '../query-fields.js';
import { ReadRoute } from '../read-route.js';
import { Districts } from './districts.js';
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
    private readonly store: EventStore,
    private readonly districts: Districts,
  ) {}

  @ReadRoute('', {
    allow: 'read-policy',
    summary: 'The policy of a district 区政策',
    description:
      'Every version it has published, and which one is in force: its own, else the default’s, else the one that comes with ' +
      'the program. Told from the events themselves: always up to date.',
    answer: PoliciesView,
    reads: [],
    problems: ['invalid-query', 'unknown-district'],
  })
  @ApiParam({ name: 'code', example: '和平区', description: 'A district, or `default`.' })
  async policies(@Param('code') code: string, @Query() { at }: AtQuery): Promise<PoliciesView> {
    const own = await this.store.read<PolicyEvent>(policyStream(code));
    if (own.length === 0) await this.districts.mustKnow(code, defaultPolicy);
    const standard = await this.store.read<PolicyEvent>(policyStream(defaultPolicy));
    const { day } = wallClock(at ?? new Date().toISOString(), timeZone);
    const inForce = policyInForce({ code, ...fold(policyDecider, own) }, fold(policyDecider, standard), day);
    return policiesView(code, day, inForce, own);
  }
}
