import { existsSync } from 'node:fs';
import { storeFileIn } from '#embedded-event-store';
import { type Environment, eventsFolder, homeOf } from '#station-home';
import { Failure } from '../failure.js';

/**
 * The file with the events of the home. Throws {@link Failure} where there is none, or where `EVENTSTORE_URL` says that the
 * events in use are somewhere else.
 */
export function eventsFileOf(environment: Environment, command: string): string {
  if (environment['EVENTSTORE_URL']) {
    throw new Failure(
      `EVENTSTORE_URL is set: its events are not under YIZHAN_HOME, and yizhan ${command} is for those that are.\n` +
        'An EventStoreDB has its own tools; yizhan copy-events brings its events to a home.',
      2,
    );
  }
  const file = storeFileIn(eventsFolder(homeOf(environment)));
  if (existsSync(file)) return file;
  throw new Failure(`There are no events under ${homeOf(environment)} (YIZHAN_HOME)`);
}
