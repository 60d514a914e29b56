import {
  type Environment,
  InvalidSetting,
  type LogLevel,
  type Oidc,
  eventStorePortOf,
  homeOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from '#station-home';

export type StationConfig = {
  home: string;
  host: string;
  port: number;
  logLevel: LogLevel;
  /** Unset: the embedded node. */
  eventStoreUrl: string | undefined;
  /** The embedded node's; 0 takes a free one. */
  eventStorePort: number;
  /** Unset: PostgreSQL in the process. */
  databaseUrl: string | undefined;
  publicUrl: string;
  /** Unset: tokens signed with the station's own key. */
  oidc: Oidc | undefined;
};

/** Reads the environment; throws {@link InvalidSetting} with one line that names the setting. */
export function stationConfig(environment: Environment): StationConfig {
  refuseUnknown(environment);
  if (environment['KAFKA_BROKERS']) {
    throw new InvalidSetting(
      'KAFKA_BROKERS is for the queries app; the station projects from the event store itself',
    );
  }
  const port = portOf(environment);
  return {
    home: homeOf(environment),
    host: environment['HOST'] || '127.0.0.1',
    port,
    logLevel: logLevelOf(environment),
    eventStoreUrl: urlOf(environment, 'EVENTSTORE_URL', ['esdb', 'esdb+discover']),
    eventStorePort: eventStorePortOf(environment),
    databaseUrl: urlOf(environment, 'DATABASE_URL', ['postgres', 'postgresql']),
    publicUrl: publicUrlOf({ PUBLIC_URL: `http://127.0.0.1:${port || 3000}`, ...environment }),
    oidc: oidcOf(environment),
  };
}
