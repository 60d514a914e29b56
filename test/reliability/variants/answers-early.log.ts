import { EventLog as Log } from '../../../libs/embedded-event-store/src/log.js';

const LATER_MS = 5;

/** Planted fault: answers first and commits some milliseconds later. A kill in between loses what was acknowledged. */
export class EventLog extends Log {
  override commit(work: () => void): void {
    if (!this.database.isTransaction) {
      this.database.exec('BEGIN IMMEDIATE');
      setTimeout(() => this.database.exec('COMMIT'), LATER_MS);
    }
    work();
  }
}
