import { isUnreachable } from './unreachable.js';

const failure = (facts: object): Error => Object.assign(new Error('failed'), facts);

describe('an error', () => {
  it.each([
    ['a refused connection', failure({ code: 'ECONNREFUSED' })],
    ['gRPC being unavailable', failure({ code: 14 })],
    ["the event store's own unavailable", failure({ type: 'unavailable' })],
    ['an append past its deadline', failure({ type: 'deadline-exceeded' })],
    ['PostgreSQL shutting down', failure({ code: '57P01' })],
    ['PostgreSQL losing the connection', failure({ code: '08006' })],
    ['an event store cluster nobody finds', new Error('Failed to discover after 10 attempts.')],
    ['PostgreSQL going away', new Error('Connection terminated unexpectedly')],
    ['a pool that gets no connection', new Error('timeout exceeded when trying to connect')],
    ['a cause that is one', new Error('query failed', { cause: failure({ code: 'ECONNRESET' }) })],
    ['both address families failing', new AggregateError([failure({ code: 'ECONNREFUSED' })])],
  ])('is about reachability: %s', (_, error) => {
    expect(isUnreachable(error)).toBe(true);
  });

  it.each([
    ['a mistake of ours', new TypeError('x is undefined')],
    ['a unique violation', failure({ code: '23505' })],
    ['a wrong expected version', failure({ type: 'wrong-expected-version', code: 9 })],
    ['no error at all', 'ECONNREFUSED'],
  ])('is not: %s', (_, error) => {
    expect(isUnreachable(error)).toBe(false);
  });
});
