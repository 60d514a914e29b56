import { Injectable } from '@nestjs/common';
import { wallClock } from '#calendar';
import { type Recorded, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type PolicyEvent,
  type PolicyInForce,
  defaultPolicy,
  policyDecider,
  policyInForce,
  policyStream,
} from '#policies';

/** The policies as they are published, from their streams. */
@Injectable()
export class Policies {
  constructor(private readonly store: EventStore) {}

  /** What was published under a code, the first version first. */
  published(code: string): Promise<Recorded<PolicyEvent>[]> {
    return this.store.read<PolicyEvent>(policyStream(code));
  }

  /** What holds for a district at an instant (ISO 8601), by the day that it is in a zone. */
  async inForce(district: string, timeZone: string, at: string): Promise<PolicyInForce> {
    const own = { code: district, ...fold(policyDecider, await this.published(district)) };
    const standard = fold(policyDecider, await this.published(defaultPolicy));
    return policyInForce(own, standard, wallClock(at, timeZone).day);
  }
}
