import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { dueProjection } from '#agenda';
import { type Database, isServed, openDatabase } from '#read-store';

/** Injection token of the connection string of the database in which it stands what is due. */
export const AGENDA_URL = Symbol('AGENDA_URL');

/** Where the queries keep what is due. It closes last: those who read it stop before the application shuts down. */
@Injectable()
export class Agenda implements OnApplicationShutdown {
  readonly database: Database;
  private readonly logger = new Logger('Agenda');

  constructor(@Inject(AGENDA_URL) url: string) {
    this.database = openDatabase(url, (error) => this.logger.warn(`a connection broke: ${error.message}`));
  }

  /** Whether it says how things stand: while the read model is built, it knows of what is old only. */
  isComplete(): Promise<boolean> {
    return isServed(this.database, dueProjection);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.end();
  }
}
