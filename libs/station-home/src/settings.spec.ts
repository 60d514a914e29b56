import { resolve } from 'node:path';
import {
  InvalidSetting,
  brokersOf,
  eventStorePortOf,
  homeOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from './settings.js';

/** What the start would say. */
const saying = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidSetting) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('YIZHAN_HOME', () => {
  it('is ./data by default, and when it is empty', () => {
    expect(homeOf({})).toBe(resolve('data'));
    expect(homeOf({ YIZHAN_HOME: '' })).toBe(resolve('data'));
  });
  it('is made absolute', () => expect(homeOf({ YIZHAN_HOME: 'a/b' })).toBe(resolve('a/b')));
  it('is taken as it is when it is absolute', () => expect(homeOf({ YIZHAN_HOME: '/a/b' })).toBe('/a/b'));
});

describe('PORT', () => {
  it('is 3000 by default, and when it is empty', () => {
    expect(portOf({})).toBe(3000);
    expect(portOf({ PORT: '' })).toBe(3000);
  });
  it.each([
    ['0', 0],
    ['3100', 3100],
    ['65535', 65_535],
  ])('may be %s', (PORT, port) => expect(portOf({ PORT })).toBe(port));
  it.each(['65536', '99999', '-1', '3e3', '80.5', '0x50', 'http', ' 80', '123456'])(
    'may not be %j, and the sentence names it',
    (PORT) => expect(saying(() => portOf({ PORT }))).toBe(`PORT=${PORT} is not a port (0 to 65535)`),
  );
  it('may have another name and default', () => {
    expect(portOf({ PORT: '1' }, 'METRICS_PORT', 9000)).toBe(9000);
    expect(saying(() => portOf({ METRICS_PORT: 'x' }, 'METRICS_PORT', 9000))).toMatch(/^METRICS_PORT=x /);
  });
});

describe('YIZHAN_EVENTSTORE_PORT', () => {
  it('is a free one by default', () => expect(eventStorePortOf({})).toBe(0));
  it('may be a port', () => expect(eventStorePortOf({ YIZHAN_EVENTSTORE_PORT: '2113' })).toBe(2113));
  it('may not be anything else, and the sentence names it', () =>
    expect(saying(() => eventStorePortOf({ YIZHAN_EVENTSTORE_PORT: 'x' }))).toMatch(
      /^YIZHAN_EVENTSTORE_PORT=x is not a port/,
    ));
  it('contradicts an event store elsewhere', () =>
    expect(
      saying(() => eventStorePortOf({ YIZHAN_EVENTSTORE_PORT: '2113', EVENTSTORE_URL: 'esdb://store:2113' })),
    ).toMatch(/^YIZHAN_EVENTSTORE_PORT .* EVENTSTORE_URL .*: set one of them$/));
});

const read = (DATABASE_URL?: string) => urlOf({ DATABASE_URL }, 'DATABASE_URL', ['postgres', 'postgresql']);

describe('brokers', () => {
  it('are none by default', () => expect(brokersOf({})).toBeUndefined());
  it('are a list with commas', () =>
    expect(brokersOf({ KAFKA_BROKERS: 'one:9092, two:9093' })).toEqual(['one:9092', 'two:9093']));
  it.each(['one', 'kafka://one:9092', 'one:9092,', 'one:9092,two'])('are not %s', (text) =>
    expect(saying(() => brokersOf({ KAFKA_BROKERS: text }))).toMatch(/^KAFKA_BROKERS: ".*" is not host:port/),
  );
});

describe('the public address', () => {
  it('has no slash at its end', () =>
    expect(publicUrlOf({ PUBLIC_URL: 'https://yizhan.example/' })).toBe('https://yizhan.example'));
  it.each(['yizhan.example', 'ftp://yizhan.example', 'http://'])('is not %s', (text) =>
    expect(saying(() => publicUrlOf({ PUBLIC_URL: text }))).toMatch(/^PUBLIC_URL=/),
  );
});

describe('a connection string', () => {
  it('is not set by default, nor when it is empty', () => {
    expect(read()).toBeUndefined();
    expect(read('')).toBeUndefined();
  });
  it.each(['postgres://localhost/yizhan', 'postgresql://u:p@db:5432/yizhan?sslmode=require'])(
    'may be %s',
    (text) => expect(read(text)).toBe(text),
  );
  it.each(['mysql://localhost', 'localhost:5432', 'postgres', 'xpostgres://db'])(
    'may not be %s, and the sentence names it and says how it begins',
    (text) =>
      expect(saying(() => read(text))).toBe('DATABASE_URL must begin with postgres:// or postgresql://'),
  );
  it('does not show its password in the sentence', () =>
    expect(saying(() => read('mysql://root:geheim@db'))).not.toContain('geheim'));
});

describe('a setting that nobody knows', () => {
  it('stops the start with its name and the names that are known', () =>
    expect(saying(() => refuseUnknown({ YIZHAN_HOEM: 'x' }))).toBe(
      'YIZHAN_HOEM is not a setting; known are YIZHAN_HOME, YIZHAN_DATA, YIZHAN_EVENTSTORE_PORT, YIZHAN_TOKEN',
    ));
  it('may be anything that is not ours', () =>
    expect(saying(() => refuseUnknown({ YIZHAN_HOME: 'x', PATH: '/bin', HOME: '/root' }))).toBe('nothing'));
});

describe('LOG_LEVEL', () => {
  it('is info by default', () => expect(logLevelOf({})).toBe('info'));
  it.each(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])('may be %s', (LOG_LEVEL) =>
    expect(logLevelOf({ LOG_LEVEL })).toBe(LOG_LEVEL),
  );
  it.each(['INFO', 'verbose'])('may not be %s, and the sentence names it', (LOG_LEVEL) =>
    expect(saying(() => logLevelOf({ LOG_LEVEL }))).toMatch(
      new RegExp(`^LOG_LEVEL=${LOG_LEVEL} is none of .*info`),
    ),
  );
});

describe('the identity provider', () => {
  const issuer = 'https://id.example.cn/realms/yizhan';

  it('is the station itself by default', () => expect(oidcOf({})).toBeUndefined());
  it('is an issuer and an audience', () =>
    expect(oidcOf({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'yizhan' })).toEqual({ issuer, audience: 'yizhan' }));
  it.each([{ OIDC_ISSUER: issuer }, { OIDC_AUDIENCE: 'yizhan' }, { OIDC_ISSUER: issuer, OIDC_AUDIENCE: '' }])(
    'needs both: %j is refused',
    (environment) =>
      expect(saying(() => oidcOf(environment))).toBe(
        'OIDC_ISSUER and OIDC_AUDIENCE belong together: set both',
      ),
  );
  it('needs a URL', () =>
    expect(saying(() => oidcOf({ OIDC_ISSUER: 'example', OIDC_AUDIENCE: 'yizhan' }))).toBe(
      'OIDC_ISSUER=example is not a URL',
    ));
});
