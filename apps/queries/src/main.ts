import { calendarUpcasts } from '#calendar';
import { AccessModule, localTokens, oidcTokens, openSigningKey, secretFor } from '#access';
import { EventBus } from '#event-bus';
import { EventStore, EventStoreModule } from '#event-store';
import { run, serve } from '#http-service';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { queriesConfig } from './config.js';
import { KafkaFeed } from './feed/kafka.feed.js';
import { QueriesModule } from './queries.module.js';

await run('yizhan-queries', queriesConfig, async (config, logger) => {
  const { home, eventStoreUrl, databaseUrl, publicUrl, brokers, oidc, host, port } = config;
  const upcasts = { ...requestUpcasts, ...stationUpcasts, ...policyUpcasts, ...calendarUpcasts };
  const store = EventStore.connect(eventStoreUrl, upcasts);
  const bus = brokers && new EventBus({ brokers, clientId: 'yizhan-queries', log: logger });
  const feed = bus && new KafkaFeed(bus, upcasts);
  const key = await openSigningKey(home);
  const tokens = oidc ? oidcTokens(oidc) : localTokens(key);
  const cursorSecret = await secretFor('cursors', key);
  const modules = [
    AccessModule.with(tokens),
    EventStoreModule.with(store),
    QueriesModule.with({ databaseUrl, publicUrl, cursorSecret, ...(feed && { feed }) }),
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
