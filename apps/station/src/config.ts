import {
  type Environment,
  InvalidSetting,
  type Oidc,
  type ServiceSettings,
  databaseOf,
  eventStoreOf,
  eventStorePortOf,
  homeOf,
  oidcOf,
  publicUrlOf,
  serviceOf,
} from '#station-home';

export type StationConfig = ServiceSettings & {
  home: string;
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
  const service = serviceOf(environment);
  if (environment['KAFKA_BROKERS']) {
    throw new InvalidSetting(
      'KAFKA_BROKERS is for the queries app; the station projects from the event store itself',
    );
  }
  return {
    ...service,
    home: homeOf(environment),
    eventStoreUrl: eventStoreOf(environment),
    eventStorePort: eventStorePortOf(environment),
    databaseUrl: databaseOf(environment),
    publicUrl: publicUrlOf({ PUBLIC_URL: `http://127.0.0.1:${service.port || 3000}`, ...environment }),
    oidc: oidcOf(environment),
  };
}
