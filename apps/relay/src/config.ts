import {
  type Environment,
  InvalidSetting,
  type KafkaSettings,
  type LogLevel,
  kafkaOf,
  logLevelOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from '#station-home';

export type RelayConfig = {
  /** Where health and metrics are asked. */
  host: string;
  port: number;
  logLevel: LogLevel;
  eventStoreUrl: string;
  kafka: KafkaSettings;
  /** Holds the lease and the checkpoints. */
  databaseUrl: string;
  /** Where the schemas of public events are served, without a slash at its end. */
  publicUrl: string;
};

/** Reads the environment; throws {@link InvalidSetting} with one line that names the setting. */
export function relayConfig(environment: Environment): RelayConfig {
  refuseUnknown(environment);
  return {
    host: environment['HOST'] || '127.0.0.1',
    port: portOf(environment),
    logLevel: logLevelOf(environment),
    eventStoreUrl: needed('EVENTSTORE_URL', urlOf(environment, 'EVENTSTORE_URL', ['esdb', 'esdb+discover'])),
    kafka: needed('KAFKA_BROKERS', kafkaOf(environment)),
    databaseUrl: needed('DATABASE_URL', urlOf(environment, 'DATABASE_URL', ['postgres', 'postgresql'])),
    publicUrl: publicUrlOf(environment),
  };
}

function needed<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new InvalidSetting(`${name} is needed: the relay carries between servers`);
  return value;
}
