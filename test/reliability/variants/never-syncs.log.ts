import type { DatabaseSync } from 'node:sqlite';
import { EventLog as Log } from '../../../libs/embedded-event-store/src/log.js';

/** Planted fault: leaves it to the operating system when commits reach the disk. No kill shows it, a power cut does. */
export class EventLog extends Log {
  constructor(database: DatabaseSync) {
    database.exec('PRAGMA synchronous = OFF');
    super(database);
  }
}
