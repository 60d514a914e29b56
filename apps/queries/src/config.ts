import {
  type Environment,
  type KafkaSettings,
  type Oidc,
  type ServiceSettings,
  homeOf,
  kafkaOf,
  neededDatabase,
  neededEventStore,
  oidcOf,
  publicUrlOf,
  serviceOf,
} from '#station-home';

export type QueriesConfig = ServiceSettings & {
  /** Only the signing key is read there: for tokens, where no identity provider is set, and for cursors. */
  home: string;
  eventStoreUrl: string;
  databaseUrl: string;
  publicUrl: string;
  /** Set: the projections read what the relay carries; unset: the event store itself. */
  kafka: KafkaSettings | undefined;
  oidc: Oidc | undefined;
};

/** Reads the environment; throws an `InvalidSetting` with one line that names the setting. */
export function queriesConfig(environment: Environment): QueriesConfig {
  return {
    ...serviceOf(environment),
    home: homeOf(environment),
    eventStoreUrl: neededEventStore(environment),
    databaseUrl: neededDatabase(environment),
    publicUrl: publicUrlOf(environment),
    kafka: kafkaOf(environment),
    oidc: oidcOf(environment),
  };
}
