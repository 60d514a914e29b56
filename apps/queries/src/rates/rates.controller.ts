import { Controller, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { invalidQuery } from '../invalid-query.js';
import { ReadRoute } from '../read-route.js';
import { unnamedKinds } from '../request/handler.view.js';
import { Evidence } from './evidence.js';
import { RateEvidence } from './evidence.view.js';
import { districtRates } from './rates.answer.js';
import { RatesFrames } from './rates.frame.js';
import { EvidenceQuery, RatesQuery } from './rates.query.js';
import { RatesReader } from './rates.reader.js';
import { DistrictRates } from './rates.view.js';

const reads = ['rates', 'station'];
const problems = ['invalid-query', 'unknown-district', 'unknown-policy-version', 'out-of-scope'] as const;
const code = { name: 'code', example: '海淀区', description: 'The district’s name.' } as const;

@ApiTags('districts 区')
@Controller('v1/districts/:code/rates')
export class RatesController {
  constructor(
    private readonly frames: RatesFrames,
    private readonly rates: RatesReader,
    private readonly proof: Evidence,
  ) {}

  @ReadRoute('', {
    allow: 'read-rates',
    summary: 'The rates of a district 区考核指标',
    description:
      'A row for each unit that leads (首接负责制), one for what nobody leads, and the total, pooled. All figures are of the ' +
      'requests of one window as known at one position: the same `asOf` gives the same bytes for ever. The resident’s last ' +
      'word counts, also after a reopening; who was called in vain as often as it is tried counts as not reached.',
    answer: DistrictRates,
    reads,
    wholly: 'rates',
    problems: [...problems],
  })
  @ApiParam(code)
  async table(
    @Param('code') district: string,
    @Query() query: RatesQuery,
    @Caller() caller: Principal,
  ): Promise<DistrictRates> {
    mayRead(caller, district);
    const frame = await this.frames.of(district, query);
    return districtRates(frame, await this.rates.counts(frame), unnamedKinds(caller));
  }

  @ReadRoute('evidence', {
    allow: 'read-rates',
    summary: 'What a rate is made of 指标依据',
    description:
      'Every request that a number of the table asks about: in the numerator, in the denominator only, or excluded and why, ' +
      'each with the events that made it so. Ask with the `asOf` of the table to get what that one is made of.',
    answer: RateEvidence,
    reads,
    wholly: 'rates',
    problems: [...problems],
  })
  @ApiParam(code)
  async evidence(
    @Param('code') district: string,
    @Query() query: EvidenceQuery,
    @Caller() caller: Principal,
  ): Promise<RateEvidence> {
    mayRead(caller, district);
    const { rate, unit, unlisted } = query;
    if (rate === undefined) throw invalidQuery('rate', '请写明是哪个指标', 'say which rate');
    if (unit !== undefined && unlisted) {
      throw invalidQuery('unlisted', '不能与 unit 同时使用', 'cannot be combined with `unit`');
    }
    return this.proof.of(district, { ...query, rate }, caller);
  }
}

// Whoever answers for a part of a district only is not told of the rest.
const mayRead = (caller: Principal, district: string): void =>
  authorise(caller, 'read-rates', { district, street: '', community: '', station: '' });
