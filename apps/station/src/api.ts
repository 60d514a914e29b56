import { EventStore, EventStoreModule } from '#event-store';
import { CommandsModule } from '../../commands/src/commands.module.js';
import { QueriesModule } from '../../queries/src/queries.module.js';

// For descriptions: nothing of these is ever started, and the addresses are never called.
const store = EventStoreModule.with(EventStore.connect('esdb://unused:2113?tls=false', 'as-stored'));

/** What each of the two apps answers. */
export const api = {
  commands: [store, CommandsModule],
  queries: [
    store,
    QueriesModule.with({
      databaseUrl: 'postgres://unused',
      publicUrl: 'http://unused',
      cursorSecret: Buffer.alloc(0),
    }),
  ],
};
