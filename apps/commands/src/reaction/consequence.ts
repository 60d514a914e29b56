import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Actor, Recorded } from '#event-sourcing';
import { type RequestCommand, requestSchema } from '#requests';
import { ExecuteRequestCommand, type RequestOutcome } from '../request/request.handler.js';

/** Says a command because of an event: in the name of whoever caused that, or of a rule, under a key of the event's own. */
@Injectable()
export class Consequence {
  constructor(private readonly bus: CommandBus) {}

  of(
    cause: Recorded,
    requestId: string,
    command: RequestCommand,
    { creates = false, actor = cause.metadata.actor }: { creates?: boolean; actor?: Actor } = {},
  ): Promise<RequestOutcome> {
    const { $correlationId, traceparent, occurredAt } = cause.metadata;
    const key = `${cause.id}/${command.type}`;
    const metadata = {
      $correlationId,
      $causationId: key,
      ...(traceparent !== undefined && { traceparent }),
      actor,
      ...(occurredAt !== undefined && { occurredAt }),
      schema: requestSchema,
      commandHash: command.type,
    };
    return this.bus.execute(new ExecuteRequestCommand(requestId, { command, key, metadata, creates }));
  }
}
