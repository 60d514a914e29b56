import { EventStore, EventStoreModule } from '#event-store';
import { describeApi } from '#http-service';
import { CommandsModule } from '../../commands/src/commands.module.js';
import { QueriesModule } from '../../queries/src/queries.module.js';

// Commands and queries describe themselves, each at its own /openapi.json. Whoever stands before both shows one document,
// this one. Nothing of it is started, and the addresses are never called.
const document = await describeApi([
  EventStoreModule.with(EventStore.connect('esdb://unused:2113?tls=false', 'as-stored')),
  CommandsModule,
  QueriesModule.with({ databaseUrl: 'postgres://unused' }),
]);
process.stdout.write(`${JSON.stringify(document)}\n`);
