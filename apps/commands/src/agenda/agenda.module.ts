import { type DynamicModule, Module } from '@nestjs/common';
import { CommandsModule } from '../commands.module.js';
import { DeadlineSteps } from '../escalation/deadline.steps.js';
import { Ticker } from '../escalation/ticker.js';
import { WhenTermsChangeThenRecompute } from '../policy/when-terms-change-then-recompute.policy.js';
import { AGENDA_URL, Agenda } from './agenda.js';

/** What time brings about, beside the `CommandsModule`: it needs the database in which the queries keep what is due. */
@Module({ imports: [CommandsModule] })
export class AgendaModule {
  static with(databaseUrl: string): DynamicModule {
    return {
      module: AgendaModule,
      providers: [
        { provide: AGENDA_URL, useValue: databaseUrl },
        Agenda,
        DeadlineSteps,
        Ticker,
        WhenTermsChangeThenRecompute,
      ],
    };
  }
}
