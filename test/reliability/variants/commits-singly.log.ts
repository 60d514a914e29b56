import { EventLog as Log } from '../../../libs/embedded-event-store/src/log.js';

/** Planted fault: every event is a commit of its own. A kill in between leaves half a batch. */
export class EventLog extends Log {
  override commit(work: () => void): void {
    work();
  }
}
