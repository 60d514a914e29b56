import { Injectable } from '@nestjs/common';
import type { Recorded } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type RequestEvent, countingRules, requestStream } from '#requests';
import { Consequence } from '../reaction/consequence.js';
import type { Policy } from '../reaction/policy.js';
import { actorOf } from './rule.actor.js';

/** Asks the rules that count what a request has been through: at every return and every reopening. */
@Injectable()
export class WhenCountedThenEscalate implements Policy {
  readonly on = countingRules.map(({ on }) => on);

  constructor(
    private readonly store: EventStore,
    private readonly consequence: Consequence,
  ) {}

  async follow(event: Recorded<RequestEvent>): Promise<void> {
    const all = await this.store.read<RequestEvent>(event.stream);
    const history = all.filter(({ revision }) => revision <= event.revision);
    for (const rule of countingRules.filter(({ on }) => on === event.type)) {
      const command = rule.says(history);
      const request = event.stream.slice(requestStream('').length);
      if (command) await this.consequence.of(event, request, command, { actor: actorOf(rule) });
    }
  }
}
