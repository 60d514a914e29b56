import { EventBus } from '#event-bus';
import { EventStore } from '#event-store';
import { run, serve } from '#http-service';
import { Contract } from '#public-events';
import { openDatabase } from '#read-store';
import { relayConfig } from './config.js';
import { followRelays } from './relay.metrics.js';
import { Relay } from './relay.js';
import { relayedTopics } from './relayed-topics.js';

await run('yizhan-relay', relayConfig, async (config, log) => {
  const { eventStoreUrl, kafka, databaseUrl, publicUrl, host, port } = config;
  const store = EventStore.connect(eventStoreUrl, 'as-stored');
  const bus = new EventBus({ ...kafka, clientId: 'yizhan-relay', log });
  const database = openDatabase(databaseUrl, (error) => log.warn(`a connection broke: ${error.message}`));
  const relays = relayedTopics(new Contract(), publicUrl).map(
    (carried) => new Relay({ ...carried, store, bus, database, log }),
  );
  const stopMeasuring = followRelays(relays);
  const readiness = relays.map((relay) => ({ name: relay.topic, check: async () => relay.check() }));
  const service = await serve({ modules: [], readiness, logger: log, host, port });
  const close = async () => {
    await service.close();
    stopMeasuring();
    await Promise.all(relays.map((relay) => relay.stop()));
    await Promise.all([store.dispose(), database.end()]);
  };
  return { url: service.url, close };
});
