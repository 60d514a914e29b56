import {
  type Environment,
  type KafkaSettings,
  type ServiceSettings,
  kafkaOf,
  needed,
  neededDatabase,
  neededEventStore,
  publicUrlOf,
  serviceOf,
} from '#station-home';

/** Host and port are where health and metrics are asked. */
export type RelayConfig = ServiceSettings & {
  eventStoreUrl: string;
  kafka: KafkaSettings;
  /** Holds the lease and the checkpoints. */
  databaseUrl: string;
  /** Where the schemas of public events are served, without a slash at its end. */
  publicUrl: string;
};

/** Reads the environment; throws an `InvalidSetting` with one line that names the setting. */
export function relayConfig(environment: Environment): RelayConfig {
  return {
    ...serviceOf(environment),
    eventStoreUrl: neededEventStore(environment),
    kafka: needed('KAFKA_BROKERS', kafkaOf(environment), 'the relay carries between servers'),
    databaseUrl: neededDatabase(environment),
    publicUrl: publicUrlOf(environment),
  };
}
