import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { expectedOf, streamName } from './proposed-event.js';
import { streams } from './protocol.js';
import type { Expected } from './revision-check.js';
import {
  accessDenied,
  failure,
  invalidArgument,
  streamDeleted,
  wrongVersion,
  type RpcError,
} from './rpc-error.js';
import type { Store } from './store.js';
import type { Answer } from './writer.js';

type Request = streams.DeleteReq | streams.TombstoneReq;

/** Soft delete: the events are hidden, the stream may be written again. */
export function softDelete(
  store: Store,
  call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>,
  reply: sendUnaryData<streams.DeleteResp>,
): void {
  const write = (name: string, expected: Expected, answer: Answer): void =>
    store.writer.softDelete(name, expected, answer);
  remove(call.request, write, reply, (position) => {
    const at = new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
    reply(null, new streams.DeleteResp().setPosition(at));
  });
}

/** Hard delete: the stream is over for ever. */
export function tombstone(
  store: Store,
  call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
  reply: sendUnaryData<streams.TombstoneResp>,
): void {
  const write = (name: string, expected: Expected, answer: Answer): void =>
    store.writer.tombstone(name, expected, answer);
  remove(call.request, write, reply, (position) => {
    const at = new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
    reply(null, new streams.TombstoneResp().setPosition(at));
  });
}

function remove(
  request: Request,
  write: (name: string, expected: Expected, answer: Answer) => void,
  refuse: (error: RpcError) => void,
  done: (position: string) => void,
): void {
  const options = request.getOptions();
  const name = streamName(options?.getStreamIdentifier());
  if (!options || !name)
    return refuse(invalidArgument('The request names no stream, or one that cannot be.'));
  if (name === '$all') return refuse(accessDenied());
  const expected = expectedOf(options, options.hasRevision() ? options.getRevision() : undefined);
  write(name, expected, (error, outcome) => {
    if (!outcome) return refuse(failure(error));
    if (outcome.kind === 'stream-deleted') return refuse(streamDeleted(name));
    if (outcome.kind === 'wrong-version')
      return refuse(wrongVersion('Delete', name, expected, outcome.current));
    done(String(outcome.position));
  });
}
