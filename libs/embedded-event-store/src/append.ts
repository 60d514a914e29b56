import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { proposedEvent, proposedSize, expectedOf, streamName } from './proposed-event.js';
import { shared, streams } from './protocol.js';
import type { ProposedEvent } from './recorded-event.js';
import type { Expected } from './revision-check.js';
import {
  accessDenied,
  appendTooLarge,
  failure,
  invalidArgument,
  MAX_APPEND_BYTES,
  missingEventMetadata,
  streamDeleted,
  type RpcError,
} from './rpc-error.js';
import type { Store } from './store.js';
import type { Outcome } from './writer.js';

type Call = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

/** One append as a stream of requests: first the options, then the events one by one. */
export function append(store: Store, call: Call, reply: sendUnaryData<streams.AppendResp>): void {
  let options: streams.AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  let size = 0;
  let answered = false;
  const answer = (error: RpcError | null, response?: streams.AppendResp): void => {
    if (answered) return;
    answered = true;
    reply(error, response);
  };

  call.on('data', (request: streams.AppendReq) => {
    if (answered) return;
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (!message) return;
    const event = proposedEvent(message);
    if (event === 'missing-metadata') return answer(missingEventMetadata());
    if (event === 'bad-id') return answer(failure('The id of an event is not a UUID.'));
    size += proposedSize(event);
    if (size > MAX_APPEND_BYTES) return answer(appendTooLarge());
    events.push(event);
  });
  call.on('end', () => {
    if (answered) return;
    const name = streamName(options?.getStreamIdentifier());
    if (!options || !name)
      return answer(invalidArgument('The append names no stream, or one that cannot be.'));
    if (name === '$all') return answer(accessDenied());
    const expected = expectedOf(options, options.hasRevision() ? options.getRevision() : undefined);
    store.writer.append(name, expected, events, (error, outcome) => {
      if (!outcome) return answer(failure(error));
      if (outcome.kind === 'stream-deleted') return answer(streamDeleted(name));
      answer(null, response(expected, outcome));
    });
  });
}

function response(
  expected: Expected,
  outcome: Exclude<Outcome, { kind: 'stream-deleted' }>,
): streams.AppendResp {
  const response = new streams.AppendResp();
  return outcome.kind === 'written'
    ? response.setSuccess(success(outcome.revision, outcome.position))
    : response.setWrongExpectedVersion(wrongVersion(expected, outcome.current));
}

function success(revision: number, position: number | undefined): streams.AppendResp.Success {
  const success = new streams.AppendResp.Success();
  if (revision < 0) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === undefined) return success.setNoPosition(new shared.Empty());
  const at = new streams.AppendResp.Position();
  return success.setPosition(at.setCommitPosition(String(position)).setPreparePosition(String(position)));
}

function wrongVersion(expected: Expected, current: number): streams.AppendResp.WrongExpectedVersion {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === 'any') return wrong.setExpectedAny(new shared.Empty());
  if (expected === 'no_stream') return wrong.setExpectedNoStream(new shared.Empty());
  if (expected === 'stream_exists') return wrong.setExpectedStreamExists(new shared.Empty());
  return wrong.setExpectedRevision(String(expected));
}
