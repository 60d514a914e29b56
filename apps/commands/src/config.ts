import {
  type Environment,
  type Oidc,
  type ServiceSettings,
  databaseOf,
  homeOf,
  neededEventStore,
  oidcOf,
  serviceOf,
} from '#station-home';

export type CommandsConfig = ServiceSettings & {
  /** Only the signing key is kept there, where no identity provider is set. */
  home: string;
  eventStoreUrl: string;
  /** Where the queries keep what is due; unset: no deadline escalates anything here, and none is counted again. */
  databaseUrl: string | undefined;
  oidc: Oidc | undefined;
};

/** Reads the environment; throws an `InvalidSetting` with one line that names the setting. */
export function commandsConfig(environment: Environment): CommandsConfig {
  return {
    ...serviceOf(environment),
    home: homeOf(environment),
    eventStoreUrl: neededEventStore(environment),
    databaseUrl: databaseOf(environment),
    oidc: oidcOf(environment),
  };
}
