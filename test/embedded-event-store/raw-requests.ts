import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

/** A read of all of $all from the start, or a subscription to it. */
export function readAllRequest({ subscribe = false } = {}): streams.ReadReq {
  const options = new streams.ReadReq.Options()
    .setAll(new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty()))
    .setNoFilter(new shared.Empty())
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  if (subscribe) options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  else options.setCount('9007199254740991');
  return new streams.ReadReq().setOptions(options);
}

/** A whole append of one event, a small one unless it is said what it holds. */
export function batchOfOne(stream: string, data: Uint8Array = Buffer.from('{}')): streams.BatchAppendReq {
  const event = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(randomUUID()))
    .setData(data);
  event.getMetadataMap().set('type', 'Happened').set('content-type', 'application/json');
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(randomUUID()))
    .setOptions(
      new streams.BatchAppendReq.Options().setStreamIdentifier(identifier).setAny(new empty.Empty()),
    )
    .setProposedMessagesList([event])
    .setIsFinal(true);
}
