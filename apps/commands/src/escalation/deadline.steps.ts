import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { NotWritten, nameId } from '#event-sourcing';
import type { Claim } from '#agenda';
import { isUnreachable } from '#problems';
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

  /** Why a request waits, as it was last said: what lasts is met again at every beat. */
  private readonly waiting = new Map<string, string>();

  constructor(private readonly bus: CommandBus) {}

  /**
   * One after the other; where one cannot be taken now, those of its request that are behind it wait as well, and no other
   * request does. Throws where nobody's could be: the store is away, or has no room.
   */
  async take({ request, now, steps }: Claim): Promise<void> {
    for (const step of steps) {
      try {
        await this.takeOne(request, step, now);
      } catch (error) {
        if (isUnreachable(error) || error instanceof NotWritten) throw error;
        this.sayOnce(request, `${step.does} waits: ${(error as Error).message}`);
        return;
      }
    }
    this.waiting.delete(request);
  }

  private sayOnce(request: string, why: string): void {
    if (this.waiting.get(request) === why) return;
    this.waiting.set(request, why);
    this.logger.warn(`${request}: ${why}`);
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
