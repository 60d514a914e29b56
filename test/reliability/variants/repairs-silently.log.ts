import type { DatabaseSync } from 'node:sqlite';
import { EventLog as Log } from '../../../libs/embedded-event-store/src/log.js';

/** Planted fault: takes the newest event for damage at every start, drops it, and gives its position away again. */
export class EventLog extends Log {
  constructor(database: DatabaseSync) {
    database.exec('DELETE FROM events WHERE position > 1 AND position = (SELECT max(position) FROM events)');
    super(database);
  }
}
