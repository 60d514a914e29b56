import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KeyReused, type Recorded, Rejection, StreamTaken } from '#event-sourcing';
import { EventStore } from '#event-store';
import type { RequestEvent } from '#requests';
import { WhenCountedThenEscalate } from '../escalation/when-counted-then-escalate.js';
import { WhenMergedThenTheOtherFollows } from '../request/when-merged-then-the-other-follows.policy.js';
import { WhenSplitThenLogTheParts } from '../request/when-split-then-log-the-parts.policy.js';
import type { Policy } from './policy.js';
import { PolicyProgress } from './policy.progress.js';

const breath = 1_000; // milliseconds before the log is followed again after it broke off

/** Follows the log: finishes what a request had begun when its process died, and asks the rules. */
@Injectable()
export class Policies implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Policies');
  private readonly leaving = new AbortController();
  private readonly policies: readonly Policy[];
  private following: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly progress: PolicyProgress,
    merging: WhenMergedThenTheOtherFollows,
    splitting: WhenSplitThenLogTheParts,
    counting: WhenCountedThenEscalate,
  ) {
    this.policies = [merging, splitting, counting];
  }

  onApplicationBootstrap(): void {
    this.following = this.run(this.leaving.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.leaving.abort();
    await this.following;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.logger.warn(`the log broke off: ${(error as Error).message}`);
        await pause(breath, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  // What happened is done before the position is noted: a crash in between does it again, which does nothing.
  private async follow(signal: AbortSignal): Promise<void> {
    const types = this.policies.flatMap(({ on }) => [...on]);
    const after = await this.progress.read();
    for await (const delivery of this.store.subscribe<RequestEvent>({ after, streams: [], types, signal })) {
      if (delivery.kind === 'event') await this.act(delivery.event);
      if (delivery.kind === 'checkpoint') await this.progress.reached(delivery.position);
    }
  }

  // What the domain refuses would be refused again; what the store could not do is tried again after a breath.
  private async act(event: Recorded<RequestEvent>): Promise<void> {
    for (const policy of this.policies.filter(({ on }) => on.includes(event.type))) {
      try {
        await policy.follow(event);
      } catch (error) {
        const final = [Rejection, KeyReused, StreamTaken].some((kind) => error instanceof kind);
        if (!final) throw error;
        this.logger.error(`${event.type} ${event.id}: nothing followed: ${(error as Error).message}`);
      }
    }
  }
}
