import { setTimeout as pause } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { claimDue, dueProjection } from '#agenda';
import { type Database, isServed, openDatabase } from '#read-store';
import { DeadlineSteps } from './deadline.steps.js';

/** Injection token of the connection string of the database in which it stands what is due. */
export const AGENDA_URL = Symbol('AGENDA_URL');

const beat = 1_000; // milliseconds between two looks

/**
 * Looks at the clock, since nothing happens when time passes. It reads what is due from a read model and appends by command, as
 * everybody does; as many processes as like may tick at once.
 */
@Injectable()
export class Ticker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Escalation');
  private readonly leaving = new AbortController();
  private readonly database: Database;
  private ticking: Promise<void> | undefined;
  private ailing = false;

  constructor(
    @Inject(AGENDA_URL) url: string,
    private readonly steps: DeadlineSteps,
  ) {
    this.database = openDatabase(url, (error) => this.logger.warn(`a connection broke: ${error.message}`));
  }

  onApplicationBootstrap(): void {
    this.ticking = this.run(this.leaving.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.leaving.abort();
    await this.ticking;
    await this.database.end();
  }

  /** Takes every step whose time has come. Nothing before the read model is complete: it would know of old steps only. */
  async tick(): Promise<void> {
    if (!(await isServed(this.database, dueProjection))) return;
    await claimDue(this.database, async (due) => {
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
