import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LostRace, Rejection, nameId } from '#event-sourcing';
import type { Claim } from '#agenda';
import { type StepAhead, requestSchema, stepName, whenDeadlinePassesThenEscalate as rule } from '#requests';
import { ExecuteRequestCommand } from '../request/request.handler.js';
import { actorOf } from './rule.actor.js';

/**
 * Takes the steps of deadlines that are due. The key of a step derives from request, kind, step and when the deadline began and
 * ends: however often it is taken, by however many processes, it happens once.
 */
@Injectable()
export class DeadlineSteps {
  private readonly logger = new Logger('Escalation');

  constructor(private readonly bus: CommandBus) {}

  /** One after the other; where one cannot be taken now, those behind it wait as well. */
  async take({ request, now, steps }: Claim): Promise<void> {
    for (const step of steps) {
      try {
        await this.takeOne(request, step, now);
      } catch (error) {
        const passing = error instanceof LostRace || error instanceof Rejection;
        if (!passing) throw error;
        this.logger.warn(`${request}: ${step.does} waits: ${error.message}`);
        return;
      }
    }
  }

  private async takeOne(request: string, step: StepAhead, now: string): Promise<void> {
    const key = nameId(`${request} ${stepName(step)}`);
    const command = rule.says(step, now);
    const metadata = {
      $correlationId: key,
      $causationId: key,
      actor: actorOf(rule),
      schema: requestSchema,
      commandHash: command.type,
    };
    await this.bus.execute(new ExecuteRequestCommand(request, { command, key, metadata }));
  }
}
