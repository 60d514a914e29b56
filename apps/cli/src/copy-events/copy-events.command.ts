import type { Command } from 'commander';
import { Interrupted } from '../failure.js';
import type { Session } from '../session/session.js';

export type CopyEventsOptions = { from?: string; to: string; json?: boolean };

export function addCopyEventsCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('copy-events')
    .summary('move a station’s events to another event store, or back')
    .description(
      'Copies every event to an event store that holds none, in the same order: same streams, revisions, ids, data and metadata. ' +
        'The time of the first recording is kept in the metadata (recordedAt). Stopped or killed, it goes on where it was when ' +
        'it is run again, and appends nothing twice. At the end both sides are compared event by event.\n\n' +
        'The station may run meanwhile. To move: run it, stop the station, run it once more for the last events, and start ' +
        'with EVENTSTORE_URL.',
    )
    .option('--from <where>', 'a connection string (esdb://…), or home: the events under YIZHAN_HOME', 'home')
    .requiredOption('--to <where>', 'likewise')
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Streams of the stores themselves ($…) stay behind; metadata of streams ($$<stream>) goes along. Streams that were deleted are
deleted on the other side as well; what a store writes by itself about that has an id of its own there.

Examples:
  yizhan copy-events --to 'esdb://admin:changeit@store1:2113,store2:2113,store3:2113'
  YIZHAN_HOME=./back yizhan copy-events --from 'esdb://admin:changeit@store1:2113' --to home
  EVENTSTORE_URL='esdb://admin:changeit@store1:2113' npm start`,
    )
    .action(async (options: CopyEventsOptions) => {
      const asked = session('copy-events');
      const { copyAll } = await import('./copy-events.js');
      const text = await copyAll(asked, options).catch((error: unknown) => {
        if (asked.signal.aborted)
          throw new Interrupted('Interrupted. Run it again to go on: nothing doubles.');
        throw error;
      });
      process.stdout.write(text);
    });
}
