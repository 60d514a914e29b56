import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { supportedMethods } from '../../../libs/embedded-event-store/src/cluster.js';
import { shared, streams } from '../../../libs/embedded-event-store/src/protocol.js';
import { OpenCalls } from '../../../libs/embedded-event-store/src/open-calls.js';
import { ReadCall, type ReadServerCall } from '../../../libs/embedded-event-store/src/read-call.js';
import { encodeDelivered } from '../../../libs/embedded-event-store/src/read-encoding.js';
import { sampleEvent } from '../sections/node.sample.js';

// Speaks like a node and keeps nothing: every event read is the same bytes, made beforehand, and every append is in order at once.
// What the official client does with it is the most that it can do with any node.
const { id, type, data, metadata } = sampleEvent();
const event = encodeDelivered({
  event: {
    stream: 'request-ready-made',
    id: Buffer.from(id.replaceAll('-', ''), 'hex'),
    type,
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from(JSON.stringify(metadata)),
    position: 1,
    revision: 0,
    json: true,
    created: Date.UTC(2026, 0, 1),
  },
});

async function read(serverCall: ReadServerCall): Promise<void> {
  const call = new ReadCall(serverCall);
  const count = Number(serverCall.request.getOptions()?.getCount());
  for (let sent = 0; sent < count && call.open; sent += 1) {
    if (call.message(event)) await call.flush();
  }
  await call.end();
}

function batchAppend(call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void {
  call.on('data', (request: streams.BatchAppendReq) => {
    const success = new streams.BatchAppendResp.Success()
      .setCurrentRevision('0')
      .setPosition(new shared.AllStreamPosition().setCommitPosition('1').setPreparePosition('1'));
    call.write(
      new streams.BatchAppendResp()
        .setCorrelationId(request.getCorrelationId())
        .setStreamIdentifier(request.getOptions()?.getStreamIdentifier())
        .setSuccess(success),
    );
  });
  call.on('end', () => call.end());
}

const server = new Server({ interceptors: [new OpenCalls().interceptor] });
const asIs = (page: Buffer): Buffer => page;
const { read: readMethod, batchAppend: batchMethod } = StreamsService;
server.addService(
  { read: { ...readMethod, responseSerialize: asIs }, batchAppend: batchMethod },
  { read, batchAppend },
);
server.addService(ServerFeaturesService, {
  getSupportedMethods: (_call: unknown, reply: Parameters<typeof supportedMethods>[0]) =>
    supportedMethods(reply),
});
const bind = (): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
process.stdout.write(`the ready-made node listens on esdb://127.0.0.1:${await bind()}?tls=false\n`);
process.once('SIGTERM', () => {
  server.forceShutdown();
  process.exit(0);
});
