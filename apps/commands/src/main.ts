import { calendarUpcasts } from '#calendar';
import { AccessModule, localTokens, oidcTokens, openSigningKey } from '#access';
import { EventStore, EventStoreModule } from '#event-store';
import { run, serve } from '#http-service';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { AgendaModule } from './agenda/agenda.module.js';
import { CommandsModule } from './commands.module.js';
import { commandsConfig } from './config.js';

await run('yizhan-commands', commandsConfig, async (config, logger) => {
  const { home, eventStoreUrl, databaseUrl, oidc, host, port } = config;
  const store = EventStore.connect(eventStoreUrl, {
    ...requestUpcasts,
    ...stationUpcasts,
    ...policyUpcasts,
    ...calendarUpcasts,
  });
  const tokens = oidc ? oidcTokens(oidc) : localTokens(await openSigningKey(home));
  const modules = [
    AccessModule.with(tokens),
    EventStoreModule.with(store),
    CommandsModule,
    ...(databaseUrl ? [AgendaModule.with(databaseUrl)] : []),
  ];
  if (!databaseUrl)
    logger.warn('DATABASE_URL is unset: from here no deadline escalates anything, and none is counted again');
  const readiness = [{ name: 'event-store', check: () => store.check() }];
  const service = await serve({ modules, readiness, logger, host, port });
  const close = async () => {
    await service.close();
    await store.dispose();
  };
  return { url: service.url, close };
});
