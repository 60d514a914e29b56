import { Metadata, status } from '@grpc/grpc-js';
import { FilterTooSlow } from './filter-regex.js';
import type { Expected } from './revision-check.js';
import { ShuttingDown } from './shutting-down.js';
import { sqliteCode } from './sqlite-failure.js';

/** A gRPC status; the official client reads the trailer `exception` first. */
export type RpcError = { code: status; details: string; metadata: Metadata };

export const MAX_APPEND_BYTES = 1024 * 1024;
const LONGEST_NAME_TOLD = 300;

export function streamDeleted(stream: string): RpcError {
  return exception(
    status.FAILED_PRECONDITION,
    'stream-deleted',
    `Event stream '${brief(stream)}' is deleted.`,
    {
      'stream-name': printable(stream),
    },
  );
}

/** `current` is -1 for a stream without events. */
export function wrongVersion(action: string, stream: string, expected: Expected, current: number): RpcError {
  const version = expectedNumber(expected);
  const details = `${action} failed due to WrongExpectedVersion. Stream: ${brief(stream)}, Expected version: ${version}, Actual version: ${current}`;
  return exception(status.FAILED_PRECONDITION, 'wrong-expected-version', details, {
    'stream-name': printable(stream),
    'expected-version': version,
    'actual-version': String(current),
  });
}

export function appendTooLarge(): RpcError {
  const details = `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`;
  return exception(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', details, {
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });
}

export function missingEventMetadata(): RpcError {
  const details = 'Required Metadata Property is missing: type, content-type.';
  return exception(status.INVALID_ARGUMENT, 'missing-required-metadata-property', details, {
    'required-metadata-properties': 'type,content-type',
  });
}

export function accessDenied(): RpcError {
  return exception(status.PERMISSION_DENIED, 'access-denied', 'Access Denied', {});
}

export function invalidArgument(details: string): RpcError {
  return { code: status.INVALID_ARGUMENT, details, metadata: new Metadata() };
}

/** What a client hears when SQLite, or the node itself, failed. */
export function failure(error: unknown): RpcError {
  if (error instanceof FilterTooSlow) return invalidArgument(error.message);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ShuttingDown ? status.UNAVAILABLE : status.UNKNOWN;
  return { code, details: failureText(error, message), metadata: new Metadata() };
}

export function failureText(error: unknown, message: string): string {
  const code = sqliteCode(error);
  if (code === 13)
    return 'The event store has no room left: nothing was written. Free disk space and try again.';
  if (code === 8)
    return 'The event store is read-only: nothing was written. Make its directory writable and try again.';
  if (code === 10) return `The event store could not reach its disk (${message}): nothing was written.`;
  if (code === 11) return 'The event store is damaged: restore a backup.';
  return message;
}

// -2 any, -1 no stream, -4 stream exists: the numbers of the .NET server.
function expectedNumber(expected: Expected): string {
  if (expected === 'any') return '-2';
  if (expected === 'no_stream') return '-1';
  return expected === 'stream_exists' ? '-4' : String(expected);
}

function exception(code: status, name: string, details: string, trailers: Record<string, string>): RpcError {
  const metadata = new Metadata();
  metadata.set('exception', name);
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
}

// HTTP/2 does not carry headers of any size, and names have no limit.
function brief(name: string): string {
  const characters = Array.from(name.slice(0, 2 * LONGEST_NAME_TOLD));
  return characters.length > LONGEST_NAME_TOLD ? characters.slice(0, LONGEST_NAME_TOLD).join('') : name;
}

// Trailers carry printable ASCII only; grpc-js throws on anything else.
function printable(text: string): string {
  return brief(text)
    .replace(/[^\x20-\x7e]+/g, (other) => encodeURIComponent(other))
    .replace(/^ | $/g, '%20');
}
