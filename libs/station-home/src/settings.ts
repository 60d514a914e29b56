import { resolve } from 'node:path';
import { type LogLevel, logLevels } from '#observability';

export type { LogLevel };

/** A setting that cannot be used: the sentence names it and says what it may be. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `YIZHAN_HOME`, absolute; everything the embedded parts write is below it. */
export const homeOf = (environment: Environment): string => resolve(environment['YIZHAN_HOME'] || 'data');

/** `PORT`: 0 takes a free one. */
export function portOf(environment: Environment, name = 'PORT', otherwise = 3000): number {
  const text = environment[name];
  if (!text) return otherwise;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidSetting(`${name}=${text} is not a port (0 to 65535)`);
  }
  return Number(text);
}

/** A connection string that begins with one of the schemes; `undefined` where it is not set. */
export function urlOf(environment: Environment, name: string, schemes: string[]): string | undefined {
  const text = environment[name];
  if (!text) return undefined;
  if (!schemes.some((scheme) => text.startsWith(`${scheme}://`))) {
    throw new InvalidSetting(
      `${name} must begin with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );
  }
  return text;
}

/** `YIZHAN_EVENTSTORE_PORT`, the embedded node's port on the loopback; 0, a free one, where it is not set. */
export function eventStorePortOf(environment: Environment): number {
  const name = 'YIZHAN_EVENTSTORE_PORT';
  if (environment[name] && environment['EVENTSTORE_URL']) {
    throw new InvalidSetting(
      `${name} is for the embedded node, EVENTSTORE_URL names another one: set one of them`,
    );
  }
  return portOf(environment, name, 0);
}

/** `KAFKA_BROKERS`: `host:port` of some brokers, in a list with commas; `undefined` where there is no Kafka. */
export function brokersOf({ KAFKA_BROKERS: text }: Environment): string[] | undefined {
  if (!text) return undefined;
  const brokers = text.split(',').map((broker) => broker.trim());
  const wrong = brokers.find((broker) => !/^[^\s:/]+:\d{1,5}$/.test(broker));
  if (wrong !== undefined)
    throw new InvalidSetting(`KAFKA_BROKERS: "${wrong}" is not host:port (several are divided by commas)`);
  return brokers;
}

/** `PUBLIC_URL`, where everybody finds the API and its schemas, without a slash at its end. */
export function publicUrlOf({ PUBLIC_URL: text = 'http://127.0.0.1:3000' }: Environment): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new InvalidSetting(`PUBLIC_URL=${text} is not a URL such as https://yizhan.example`);
  return text.replace(/\/+$/, '');
}

const known = new Set('HOME DATA EVENTSTORE_PORT TOKEN'.split(' ').map((name) => `YIZHAN_${name}`));

/** A misspelt `YIZHAN_…` would be ignored in silence: it stops the start instead. */
export function refuseUnknown(environment: Environment): void {
  const unknown = Object.keys(environment).find((name) => name.startsWith('YIZHAN_') && !known.has(name));
  if (unknown) throw new InvalidSetting(`${unknown} is not a setting; known are ${[...known].join(', ')}`);
}

/** `LOG_LEVEL`, `info` by default. */
export function logLevelOf({ LOG_LEVEL: text = 'info' }: Environment): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (!level) throw new InvalidSetting(`LOG_LEVEL=${text} is none of ${logLevels.join(', ')}`);
  return level;
}

export type Oidc = { issuer: string; audience: string };

/** The identity provider; `undefined` where the station issues its own tokens. */
export function oidcOf(environment: Environment): Oidc | undefined {
  const [issuer, audience] = [environment['OIDC_ISSUER'], environment['OIDC_AUDIENCE']];
  if (!issuer && !audience) return undefined;
  if (!issuer || !audience)
    throw new InvalidSetting('OIDC_ISSUER and OIDC_AUDIENCE belong together: set both');
  if (!URL.canParse(issuer)) throw new InvalidSetting(`OIDC_ISSUER=${issuer} is not a URL`);
  return { issuer, audience };
}
