import { status } from '@grpc/grpc-js';
import { any, empty, shared, status as rpc, streams } from './protocol.js';
import type { Expected } from './revision-check.js';
import { failureText, MAX_APPEND_BYTES } from './rpc-error.js';
import type { Outcome } from './writer.js';

/** Why one append of a batch call failed. The client looks only at the type of `details`, and breaks without one. */
export type BatchError = {
  code: status;
  message: string;
  type: string;
  details: { serializeBinary(): Uint8Array };
};

export function batchError({ code, message, type, details }: BatchError): streams.BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  // The code is a plain number on the wire; the enum's type is google.rpc's.
  const error = new rpc.Status()
    .setCode(code as number)
    .setMessage(message)
    .setDetails(packed);
  return new streams.BatchAppendResp().setError(error);
}

export function outcomeResponse(
  stream: string,
  expected: Expected,
  outcome: Outcome,
): streams.BatchAppendResp {
  if (outcome.kind === 'stream-deleted') return batchError(streamDeleted(stream));
  if (outcome.kind === 'wrong-version') return batchError(wrongVersion(expected, outcome.current));
  const success = new streams.BatchAppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new empty.Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) success.setNoPosition(new empty.Empty());
  else success.setPosition(position(outcome.position));
  return new streams.BatchAppendResp().setSuccess(success);
}

export function badRequest(message: string): BatchError {
  const details = new shared.BadRequest().setMessage(message);
  return { code: status.INVALID_ARGUMENT, message, type: 'BadRequest', details };
}

// Of all failures only those of an unknown type reach the application with their text.
export function notWritten(error: unknown): BatchError {
  const message = failureText(error, error instanceof Error ? error.message : String(error));
  return { code: status.RESOURCE_EXHAUSTED, message, type: 'NotWritten', details: new shared.BadRequest() };
}

export function batchTimeout(): BatchError {
  return {
    code: status.DEADLINE_EXCEEDED,
    message: 'Timeout',
    type: 'Timeout',
    details: new shared.Timeout(),
  };
}

export function batchAccessDenied(): BatchError {
  const details = new shared.AccessDenied();
  return { code: status.PERMISSION_DENIED, message: 'AccessDenied', type: 'AccessDenied', details };
}

export function batchTooLarge(): BatchError {
  const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
  const type = 'MaximumAppendSizeExceeded';
  return { code: status.INVALID_ARGUMENT, message: type, type, details };
}

function streamDeleted(stream: string): BatchError {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  const details = new shared.StreamDeleted().setStreamIdentifier(identifier);
  return { code: status.NOT_FOUND, message: 'StreamDeleted', type: 'StreamDeleted', details };
}

function wrongVersion(expected: Expected, current: number): BatchError {
  const details = new shared.WrongExpectedVersion();
  if (current < 0) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') details.setExpectedAny(new empty.Empty());
  else if (expected === 'no_stream') details.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream_exists') details.setExpectedStreamExists(new empty.Empty());
  else details.setExpectedStreamPosition(String(expected));
  const type = 'WrongExpectedVersion';
  return { code: status.ALREADY_EXISTS, message: type, type, details };
}

function position(position: number): shared.AllStreamPosition {
  return new shared.AllStreamPosition()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
}
