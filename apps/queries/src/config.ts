import {
  type Environment,
  InvalidSetting,
  type KafkaSettings,
  type LogLevel,
  type Oidc,
  eventStorePortOf,
  homeOf,
  kafkaOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from '#station-home';

export type QueriesConfig = {
  /** Only the signing key is read there: for tokens, where no identity provider is set, and for cursors. */
  home: string;
  host: string;
  port: number;
  logLevel: LogLevel;
  eventStoreUrl: string;
  databaseUrl: string;
  publicUrl: string;
  /** Set: the projections read what the relay carries; unset: the event store itself. */
  kafka: KafkaSettings | undefined;
  oidc: Oidc | undefined;
};

/** Reads the environment; throws {@link InvalidSetting} with one line that names the setting. */
export function queriesConfig(environment: Environment): QueriesConfig {
  refuseUnknown(environment);
  const eventStoreUrl = urlOf(environment, 'EVENTSTORE_URL', ['esdb', 'esdb+discover']);
  if (!eventStoreUrl)
    throw new InvalidSetting('EVENTSTORE_URL is needed: only the station brings its own event store');
  eventStorePortOf(environment);
  const databaseUrl = urlOf(environment, 'DATABASE_URL', ['postgres', 'postgresql']);
  if (!databaseUrl)
    throw new InvalidSetting('DATABASE_URL is needed: only the station brings its own database');
  return {
    home: homeOf(environment),
    host: environment['HOST'] || '127.0.0.1',
    port: portOf(environment),
    logLevel: logLevelOf(environment),
    eventStoreUrl,
    databaseUrl,
    publicUrl: publicUrlOf(environment),
    kafka: kafkaOf(environment),
    oidc: oidcOf(environment),
  };
}
