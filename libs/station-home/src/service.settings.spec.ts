import {
  databaseOf,
  eventStoreOf,
  needed,
  neededDatabase,
  neededEventStore,
  serviceOf,
} from './service.settings.js';
import { InvalidSetting } from './settings.js';

const [EVENTSTORE_URL, DATABASE_URL] = ['esdb://store:2113', 'postgres://db/yizhan'];

describe('what every process that listens reads', () => {
  it('is this machine, port 3000 and the level info where nothing is said', () =>
    expect(serviceOf({})).toEqual({ host: '127.0.0.1', port: 3000, logLevel: 'info' }));
  it('is what is said', () =>
    expect(serviceOf({ HOST: '0.0.0.0', PORT: '80', LOG_LEVEL: 'warn' })).toEqual({
      host: '0.0.0.0',
      port: 80,
      logLevel: 'warn',
    }));
  it('refuses a misspelt one', () =>
    expect(() => serviceOf({ YIZHAN_HOEM: 'x' })).toThrow('YIZHAN_HOEM is not a setting'));
});

describe('a server that is elsewhere', () => {
  it('is none where none is named', () =>
    expect([eventStoreOf({}), databaseOf({})]).toEqual([undefined, undefined]));
  it('is the one that is named', () =>
    expect([neededEventStore({ EVENTSTORE_URL }), neededDatabase({ DATABASE_URL })]).toEqual([
      EVENTSTORE_URL,
      DATABASE_URL,
    ]));
  it('is asked for by name where it is needed', () => {
    expect(() => neededEventStore({})).toThrow(
      new InvalidSetting('EVENTSTORE_URL is needed: only the station brings its own event store'),
    );
    expect(() => neededDatabase({})).toThrow(/^DATABASE_URL is needed: only the station/);
    expect(() => needed('KAFKA_BROKERS', undefined, 'why')).toThrow('KAFKA_BROKERS is needed: why');
  });
  it('contradicts a port for the embedded node', () =>
    expect(() => neededEventStore({ EVENTSTORE_URL, YIZHAN_EVENTSTORE_PORT: '2113' })).toThrow(
      /^YIZHAN_EVENTSTORE_PORT/,
    ));
});
