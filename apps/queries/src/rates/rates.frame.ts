import { Injectable } from '@nestjs/common';
import { daysAfter, localDay } from '#calendar';
import { fold } from '#event-sourcing';
import {
  type PolicyState,
  type RatePolicy,
  defaultPolicy,
  policyDecider,
  policyInForce,
  shippedPolicy,
} from '#policies';
import { Problem } from '#problems';
import { checkPeriod, invalidQuery } from '../invalid-query.js';
import { Policies } from '../policy/policies.js';
import type { Basis } from '../statistics/statistics.cells.js';
import type { RatesQuery } from './rates.query.js';
import { RatesReader } from './rates.reader.js';

/** What a table of rates is of: everything but the counts. */
export type RatesFrame = {
  district: string;
  window: { by: Basis; from: string; to: string };
  asOf: { position: string; recordedAt: string | null };
  policy: { version: string; rates: RatePolicy };
};

type Named = RatesFrame['policy'];
type Known = { code: string } & PolicyState;

/** Turns what was asked into days, a position and a policy, all of them as known at that position. */
@Injectable()
export class RatesFrames {
  constructor(
    private readonly reader: RatesReader,
    private readonly policies: Policies,
  ) {}

  async of(district: string, query: RatesQuery): Promise<RatesFrame> {
    checkPeriod(query);
    if (query.from !== undefined && query.window !== undefined) {
      throw invalidQuery('window', '不能与 from 同时使用', 'cannot be combined with `from`');
    }
    const { position, recordedAt, timeZone } = await this.reader.moment(district, query.asOf);
    const own = await this.known(district, position);
    const standard = await this.known(defaultPolicy, position);
    // Before the first request of all there is no moment, and nothing to count either.
    const to = query.to ?? later(query.from, localDay(recordedAt ?? new Date().toISOString(), timeZone));
    const policy =
      query.policy === undefined ? inForce(own, standard, to) : named(query.policy, own, standard, position);
    const from = query.from ?? daysAfter(to, 1 - (query.window ?? policy.rates.windowDays));
    return {
      district,
      window: { by: query.by ?? 'creation', from, to },
      asOf: { position, recordedAt },
      policy,
    };
  }

  // What was published later than the position is not known there, whatever it says of earlier days.
  private async known(code: string, position: string): Promise<Known> {
    const published = await this.policies.published(code);
    const until = published.filter((event) => event.position <= BigInt(position));
    return { code, ...fold(policyDecider, until) };
  }
}

function inForce(own: Known, standard: Known, day: string): Named {
  const { name, policy } = policyInForce(own, standard, day);
  return { version: name, rates: policy.rates };
}

/** `3` and `海淀区@3` are the district's own, `default@1` what is for all, `default@0` what comes with the program. */
function named(asked: string, own: Known, standard: Known, position: string): Named {
  const versions = [
    ...[own, standard].flatMap(({ code, versions }) =>
      versions.map(({ version, policy }) => ({ version: `${code}@${version}`, rates: policy.rates })),
    ),
    { version: `${defaultPolicy}@0`, rates: shippedPolicy.rates },
  ];
  const name = /^\d+$/.test(asked) ? `${own.code}@${Number(asked)}` : asked;
  const found = versions.find(({ version }) => version === name);
  if (found) return found;
  throw new Problem(
    'unknown-policy-version',
    { version: name, position },
    { known: versions.map(({ version }) => version) },
  );
}

const later = (one: string | undefined, other: string): string =>
  one !== undefined && one > other ? one : other;
