import { randomUUID } from 'node:crypto';
import {
  jsonEvent,
  type AllStreamResolvedEvent,
  type AppendToStreamOptions,
  type EventStoreDBClient,
  type JSONEventData,
  type ResolvedEvent,
} from '@eventstore/db-client';

/** Every theme of the contract gets the client once the store is up. */
export type Client = () => EventStoreDBClient;

/** Credentials on a call make the client take the unary append instead of the batch call; over plaintext it sends none of them. */
export const BOTH_WAYS: [way: string, options: AppendToStreamOptions][] = [
  ['batch append', {}],
  ['unary append', { credentials: { username: 'admin', password: 'changeit' } }],
];

/** A stream that no other test, nor an earlier run against the same store, has written. */
export function freshStream(noun = 'contract'): string {
  return `${noun}-${randomUUID()}`;
}

export function proposed(count: number, type = 'Happened'): JSONEventData[] {
  return Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { index } }));
}

/** Everything that a read delivers. */
export async function all<T>(read: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of read) seen.push(item);
  return seen;
}

/** The first `count` items of a subscription, which is then ended. */
export async function first<T>(count: number, subscription: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of subscription) if (seen.push(item) === count) break;
  return seen;
}

export function revisions(events: (ResolvedEvent | AllStreamResolvedEvent)[]): number[] {
  return events.map(({ event }) => Number(event?.revision));
}

export function ids(events: (ResolvedEvent | AllStreamResolvedEvent)[]): (string | undefined)[] {
  return events.map(({ event }) => event?.id);
}

/** What a promise is rejected with. */
export async function refusal(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('It was not refused.');
}
