import type { Logger } from 'pino';
import { calendarUpcasts } from '#calendar';
import { AccessModule, localTokens, oidcTokens, openSigningKey, secretFor } from '#access';
import { EventStore, EventStoreModule, type Upcasts } from '#event-store';
import { run, serve } from '#http-service';
import type { KafkaSettings } from '#station-home';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { queriesConfig } from './config.js';
import { QueriesModule } from './queries.module.js';

await run('yizhan-queries', queriesConfig, async (config, logger) => {
  const { home, eventStoreUrl, databaseUrl, publicUrl, kafka, oidc, host, port } = config;
  const upcasts = { ...requestUpcasts, ...stationUpcasts, ...policyUpcasts, ...calendarUpcasts };
  const store = EventStore.connect(eventStoreUrl, upcasts);
  const carried = kafka && (await kafkaFeed(kafka, upcasts, logger));
  const key = await openSigningKey(home);
  const tokens = oidc ? oidcTokens(oidc) : localTokens(key);
  const cursorSecret = await secretFor('cursors', key);
  const modules = [
    AccessModule.with(tokens),
    EventStoreModule.with(store),
    QueriesModule.with({ databaseUrl, publicUrl, cursorSecret, ...(carried && { feed: carried.feed }) }),
  ];
  const readiness = [
    { name: 'event-store', check: () => store.check() },
    ...(carried ? [{ name: 'kafka', check: () => carried.bus.check() }] : []),
  ];
  const service = await serve({ modules, readiness, logger, host, port });
  const close = async () => {
    await service.close();
    await store.dispose();
  };
  return { url: service.url, close };
});

// Its client is loaded only where there is a Kafka.
async function kafkaFeed(kafka: KafkaSettings, upcasts: Upcasts, log: Logger) {
  const [{ EventBus }, { KafkaFeed }] = await Promise.all([
    import('#event-bus'),
    import('./feed/kafka.feed.js'),
  ]);
  const bus = new EventBus({ ...kafka, clientId: 'yizhan-queries', log });
  return { bus, feed: new KafkaFeed(bus, upcasts) };
}
