import { type DynamicModule, Module } from '@nestjs/common';
import { DeadlineSteps } from './deadline.steps.js';
import { AGENDA_URL, Ticker } from './ticker.js';

/** Escalation by the clock, beside the `CommandsModule`: it needs the database in which the queries keep what is due. */
@Module({})
export class EscalationModule {
  static with(databaseUrl: string): DynamicModule {
    return {
      module: EscalationModule,
      providers: [{ provide: AGENDA_URL, useValue: databaseUrl }, DeadlineSteps, Ticker],
    };
  }
}
