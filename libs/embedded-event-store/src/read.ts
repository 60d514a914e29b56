import { readAll } from './read-all.js';
import { ReadCall, type ReadServerCall } from './read-call.js';
import { parseReadRequest } from './read-request.js';
import { readStream } from './read-stream.js';
import { invalidArgument } from './rpc-error.js';
import type { Store } from './store.js';
import { AllSubscription } from './subscribe-to-all.js';
import { StreamSubscription } from './subscribe-to-stream.js';

/** The four kinds of read behind one RPC: of a stream or of $all, once or for ever. */
export function read(store: Store, serverCall: ReadServerCall): void {
  const call = new ReadCall(serverCall);
  call.run(async () => {
    const request = parseReadRequest(serverCall.request);
    if (typeof request === 'string') return call.fail(invalidArgument(request));
    if (request.count !== undefined) {
      return request.stream === undefined ? readAll(store, call, request) : readStream(store, call, request);
    }
    const Subscription = request.stream === undefined ? AllSubscription : StreamSubscription;
    return new Subscription(store, call, request).run();
  });
}
