import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Execution, Outcome } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type PolicyCommand,
  type PolicyEvent,
  type PolicyState,
  policyDecider,
  policyStream,
} from '#policies';
import { counted } from '../counted.js';
import { published } from '../publication.js';

export class ExecutePolicyCommand extends Command<Outcome<PolicyState, PolicyEvent>> {
  constructor(
    readonly code: string,
    readonly execution: Omit<Execution<PolicyCommand>, 'stream'>,
    readonly dryRun: boolean,
  ) {
    super();
  }
}

@CommandHandler(ExecutePolicyCommand)
export class PolicyHandler implements ICommandHandler<ExecutePolicyCommand> {
  constructor(private readonly store: EventStore) {}

  execute({ code, execution, dryRun }: ExecutePolicyCommand): Promise<Outcome<PolicyState, PolicyEvent>> {
    const stream = policyStream(code);
    return counted('policy', published(this.store, policyDecider, { ...execution, stream }, dryRun));
  }
}
