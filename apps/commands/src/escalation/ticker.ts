import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { claimDue } from '#agenda';
import { Agenda } from '../agenda/agenda.js';
import { DeadlineSteps } from './deadline.steps.js';

const beat = 1_000; // milliseconds between two looks

/**
 * Looks at the clock, since nothing happens when time passes. It reads what is due from a read model and appends by command, as
 * everybody does; as many processes as like may tick at once.
 */
@Injectable()
export class Ticker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Escalation');
  private readonly leaving = new AbortController();
  private ticking: Promise<void> | undefined;
  private ailing = false;

  constructor(
    private readonly agenda: Agenda,
    private readonly steps: DeadlineSteps,
  ) {}

  onApplicationBootstrap(): void {
    this.ticking = this.run(this.leaving.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.leaving.abort();
    await this.ticking;
  }

  /** Takes every step whose time has come. Nothing before the read model is complete: it would know of old steps only. */
  async tick(): Promise<void> {
    if (!(await this.agenda.isComplete())) return;
    await claimDue(this.agenda.database, async (due) => {
      this.leaving.signal.throwIfAborted();
      await this.steps.take(due);
    });
  }

  // What could not be done is still due at the next beat. A database that is away is spoken of once.
  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.tick();
        this.ailing = false;
      } catch (error) {
        if (!signal.aborted && !this.ailing) this.logger.warn(`deadlines wait: ${(error as Error).message}`);
        this.ailing = true;
      }
      await pause(beat, undefined, { signal }).catch(() => undefined);
    }
  }
}
