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
  refuseUnknown,
  urlOf,
} from '#station-home';

export type CommandsConfig = {
  /** Only the signing key is kept there, where no identity provider is set. */
  home: string;
  host: string;
  port: number;
  logLevel: LogLevel;
  eventStoreUrl: string;
  /** Where the queries keep what is due; unset: no deadline escalates anything here. */
  databaseUrl: string | undefined;
  oidc: Oidc | undefined;
};

/** Reads the environment; throws {@link InvalidSetting} with one line that names the setting. */
export function commandsConfig(environment: Environment): CommandsConfig {
  refuseUnknown(environment);
  const eventStoreUrl = urlOf(environment, 'EVENTSTORE_URL', ['esdb', 'esdb+discover']);
  if (!eventStoreUrl)
    throw new InvalidSetting('EVENTSTORE_URL is needed: only the station brings its own event store');
  eventStorePortOf(environment);
  return {
    home: homeOf(environment),
    host: environment['HOST'] || '127.0.0.1',
    port: portOf(environment),
    logLevel: logLevelOf(environment),
    eventStoreUrl,
    databaseUrl: urlOf(environment, 'DATABASE_URL', ['postgres', 'postgresql']),
    oidc: oidcOf(environment),
  };
}
