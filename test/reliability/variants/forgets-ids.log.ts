import { EventLog as Log } from '../../../libs/embedded-event-store/src/log.js';

/** Planted fault: knows no event by its id, so a retry is written again. */
export class EventLog extends Log {
  override find(): undefined {
    return undefined;
  }
}
