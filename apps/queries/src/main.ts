import { AccessModule, localTokens, oidcTokens, openSigningKey } from '#access';
import { EventBus } from '#event-bus';
import { EventStore, EventStoreModule } from '#event-store';
import { run, serve } from '#http-service';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { queriesConfig } from './config.js';
import { KafkaFeed } from './feed/kafka.feed.js';
import { QueriesModule } from './queries.module.js';

await run('yizhan-queries', queriesConfig, async (config, logger) => {
  const { home, eventStoreUrl, databaseUrl, brokers, oidc, host, port } = config;
  const upcasts = { ...requestUpcasts, ...stationUpcasts };
  const store = EventStore.connect(eventStoreUrl, upcasts);
  const bus = brokers && new EventBus({ brokers, clientId: 'yizhan-queries', log: logger });
  const tokens = oidc ? oidcTokens(oidc) : localTokens(await openSigningKey(home));
  const modules = [
    AccessModule.with(tokens),
    EventStoreModule.with(store),
    QueriesModule.with({ databaseUrl, ...(bus && { feed: new KafkaFeed(bus, upcasts) }) }),
  ];
  const readiness = [
    { name: 'event-store', check: () => store.check() },
    ...(bus ? [{ name: 'kafka', check: () => bus.check() }] : []),
  ];
  const service = await serve({ modules, readiness, logger, host, port });
  const close = async () => {
    await service.close();
    await store.dispose();
  };
  return { url: service.url, close };
});
