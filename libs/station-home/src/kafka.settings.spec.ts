import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaOf } from './kafka.settings.js';

const KAFKA_BROKERS = 'one:9093,two:9093';
const brokers = ['one:9093', 'two:9093'];
const read = (more: Record<string, string>) => kafkaOf({ KAFKA_BROKERS, ...more });
const login = { KAFKA_SASL_USERNAME: 'yizhan', KAFKA_SASL_PASSWORD: 'geheim' };

describe('the way to Kafka', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-pem-'));
    writeFileSync(file('ca.pem'), '-----BEGIN CERTIFICATE-----\nca');
    writeFileSync(file('key.pem'), '-----BEGIN PRIVATE KEY-----\nkey');
    writeFileSync(file('ca.der'), 'bytes');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is none where there are no brokers', () => expect(kafkaOf({})).toBeUndefined());
  it('is in the clear by default', () => {
    expect(read({})).toEqual({ brokers });
    expect(read({ KAFKA_SSL: 'false' })).toEqual({ brokers });
  });
  it('is TLS when it is asked for', () => expect(read({ KAFKA_SSL: 'true' })).toEqual({ brokers, ssl: {} }));
  it('is TLS when there is an authority, or a certificate of our own', () => {
    const ca = '-----BEGIN CERTIFICATE-----\nca';
    const key = '-----BEGIN PRIVATE KEY-----\nkey';
    expect(read({ KAFKA_SSL_CA: file('ca.pem') })).toEqual({ brokers, ssl: { ca } });
    expect(read({ KAFKA_SSL_CERT: file('ca.pem'), KAFKA_SSL_KEY: file('key.pem') })).toEqual({
      brokers,
      ssl: { cert: ca, key },
    });
  });

  it('may have a login, plain unless it says otherwise', () => {
    const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = login;
    expect(read(login)?.sasl).toEqual({ mechanism: 'plain', username, password });
    expect(read({ ...login, KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512' })?.sasl?.mechanism).toBe('scram-sha-512');
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['a word that is neither', () => ({ KAFKA_SSL: 'yes' }), /^KAFKA_SSL=yes is neither true nor false$/],
    [
      'an authority without TLS',
      () => ({ KAFKA_SSL: 'false', KAFKA_SSL_CA: file('ca.pem') }),
      /^KAFKA_SSL_CA contradicts/,
    ],
    ['half a certificate', () => ({ KAFKA_SSL_CERT: file('ca.pem') }), /belong together/],
    ['a file that is not there', () => ({ KAFKA_SSL_CA: file('no.pem') }), /^KAFKA_SSL_CA=.* cannot be read/],
    ['a file that is no PEM', () => ({ KAFKA_SSL_CA: file('ca.der') }), /is not a PEM file$/],
    ['half a login', () => ({ KAFKA_SASL_USERNAME: 'yizhan' }), /belong together/],
    ['a mechanism without a login', () => ({ KAFKA_SASL_MECHANISM: 'plain' }), /belong together/],
    [
      'an unknown mechanism',
      () => ({ ...login, KAFKA_SASL_MECHANISM: 'gssapi' }),
      /=gssapi is none of plain/,
    ],
    ['a login and no brokers', () => ({ ...login, KAFKA_BROKERS: '' }), /need KAFKA_BROKERS$/],
  ])('is not %s', (_, more, sentence) => expect(() => read(more())).toThrow(sentence));

  it('does not show its password in a sentence', () =>
    expect(() => read({ ...login, KAFKA_SASL_USERNAME: '' })).not.toThrow(/geheim/));
});
