import { readFileSync } from 'node:fs';
import { type Environment, InvalidSetting, brokersOf } from './settings.js';

/** How a Kafka cluster is reached. Certificates and key are PEM. */
export type KafkaSettings = {
  /** `host:port` of some brokers. */
  brokers: string[];
  /** Set: every connection is TLS. Empty: the authorities that Node.js knows vouch for the brokers. */
  ssl?: { ca?: string; cert?: string; key?: string };
  sasl?: { mechanism: SaslMechanism; username: string; password: string };
};

const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof saslMechanisms)[number];

/** `KAFKA_BROKERS` with the `KAFKA_SSL…` and `KAFKA_SASL…` that belong to them; `undefined` where there is no Kafka. */
export function kafkaOf(environment: Environment): KafkaSettings | undefined {
  const brokers = brokersOf(environment);
  const [ssl, sasl] = [sslOf(environment), saslOf(environment)];
  if (!brokers && (ssl || sasl)) throw new InvalidSetting('KAFKA_SSL… and KAFKA_SASL… need KAFKA_BROKERS');
  return brokers && { brokers, ...(ssl && { ssl }), ...(sasl && { sasl }) };
}

function sslOf(environment: Environment): KafkaSettings['ssl'] {
  const { KAFKA_SSL: wanted, KAFKA_SSL_CERT: cert, KAFKA_SSL_KEY: key } = environment;
  if (wanted && wanted !== 'true' && wanted !== 'false')
    throw new InvalidSetting(`KAFKA_SSL=${wanted} is neither true nor false`);
  if (!cert !== !key) throw new InvalidSetting('KAFKA_SSL_CERT and KAFKA_SSL_KEY belong together: set both');
  const files = { ca: 'KAFKA_SSL_CA', cert: 'KAFKA_SSL_CERT', key: 'KAFKA_SSL_KEY' };
  const given = Object.entries(files).filter(([, name]) => environment[name]);
  if (wanted === 'false' && given.length > 0)
    throw new InvalidSetting(`${given[0]?.[1]} contradicts KAFKA_SSL=false: unset one of them`);
  if (wanted !== 'true' && given.length === 0) return undefined;
  return Object.fromEntries(given.map(([kind, name]) => [kind, contents(environment, name)]));
}

function contents(environment: Environment, name: string): string {
  const path = environment[name] as string;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidSetting(`${name}=${path} cannot be read: ${(error as Error).message}`);
  }
  if (!text.includes('-----BEGIN ')) throw new InvalidSetting(`${name}=${path} is not a PEM file`);
  return text;
}

function saslOf(environment: Environment): KafkaSettings['sasl'] {
  const {
    KAFKA_SASL_MECHANISM: text = '',
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
  } = environment;
  if (!text && !username && !password) return undefined;
  if (!username || !password)
    throw new InvalidSetting('KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both');
  const mechanism = saslMechanisms.find((known) => known === (text || 'plain').toLowerCase());
  if (!mechanism)
    throw new InvalidSetting(`KAFKA_SASL_MECHANISM=${text} is none of ${saslMechanisms.join(', ')}`);
  return { mechanism, username, password };
}
