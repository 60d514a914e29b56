import {
  type Environment,
  InvalidSetting,
  type LogLevel,
  eventStorePortOf,
  logLevelOf,
  portOf,
  refuseUnknown,
  urlOf,
} from './settings.js';

/** What every process of ours reads that listens. */
export type ServiceSettings = { host: string; port: number; logLevel: LogLevel };

export function serviceOf(environment: Environment): ServiceSettings {
  refuseUnknown(environment);
  return {
    host: environment['HOST'] || '127.0.0.1',
    port: portOf(environment),
    logLevel: logLevelOf(environment),
  };
}

/** `EVENTSTORE_URL`; `undefined` where it is not set. */
export const eventStoreOf = (environment: Environment): string | undefined =>
  urlOf(environment, 'EVENTSTORE_URL', ['esdb', 'esdb+discover']);

/** `DATABASE_URL`; `undefined` where it is not set. */
export const databaseOf = (environment: Environment): string | undefined =>
  urlOf(environment, 'DATABASE_URL', ['postgres', 'postgresql']);

/** `EVENTSTORE_URL` of a process that has no embedded node. */
export function neededEventStore(environment: Environment): string {
  const url = needed(
    'EVENTSTORE_URL',
    eventStoreOf(environment),
    'only the station brings its own event store',
  );
  eventStorePortOf(environment);
  return url;
}

/** `DATABASE_URL` of a process that has no embedded one. */
export const neededDatabase = (environment: Environment): string =>
  needed('DATABASE_URL', databaseOf(environment), 'only the station brings its own database');

export function needed<Value>(name: string, value: Value | undefined, why: string): Value {
  if (value === undefined) throw new InvalidSetting(`${name} is needed: ${why}`);
  return value;
}
