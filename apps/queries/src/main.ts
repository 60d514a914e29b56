import { AccessModule, localTokens, oidcTokens, openSigningKey, secretFor } from '#access';
import { EventStore, EventStoreModule } from '#event-store';
import { run, serve } from '#http-service';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { queriesConfig } from './config.js';
import { QueriesModule } from './queries.module.js';

await run('yizhan-queries', queriesConfig, async (config, logger) => {
  const { home, eventStoreUrl, databaseUrl, publicUrl, oidc, host, port } = config;
  const store = EventStore.connect(eventStoreUrl, { ...requestUpcasts, ...stationUpcasts });
  const key = await openSigningKey(home);
  const tokens = oidc ? oidcTokens(oidc) : localTokens(key);
  const cursorSecret = await secretFor('cursors', key);
  const modules = [
    AccessModule.with(tokens),
    EventStoreModule.with(store),
    QueriesModule.with({ databaseUrl, publicUrl, cursorSecret }),
  ];
  const readiness = [{ name: 'event-store', check: () => store.check() }];
  const service = await serve({ modules, readiness, logger, host, port });
  const close = async () => {
    await service.close();
    await store.dispose();
  };
  return { url: service.url, close };
});
