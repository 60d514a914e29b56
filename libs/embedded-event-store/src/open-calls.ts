import {
  Metadata,
  ServerInterceptingCall,
  status,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { isAuthorized } from './authorization.js';

// grpc-js exports these types under no name.
type Listener = Parameters<ServerInterceptingCall['start']>[0];
type Outcome = Parameters<ServerInterceptingCall['sendStatus']>[0];

/** Every call of the server: refuses wrong credentials, sends pages in one write, and can end all at once. */
export class OpenCalls {
  readonly #calls = new Set<OpenCall>();

  readonly interceptor: ServerInterceptor = (method, call) => {
    const reads = method.responseStream && !method.requestStream;
    const open: OpenCall = new OpenCall(call, reads, () => this.#calls.delete(open));
    this.#calls.add(open);
    return open;
  };

  /** Ends what is open as a stopping EventStoreDB does; what was written before still goes out first. */
  endAll(): void {
    for (const call of this.#calls) call.endForShutdown();
  }
}

class OpenCall extends ServerInterceptingCall {
  #ended = false;

  constructor(
    private readonly wire: ServerInterceptingCallInterface,
    private readonly reads: boolean,
    private readonly forget: () => void,
  ) {
    super(wire);
  }

  override start(listener: Listener): void {
    const watched: Listener = {
      onReceiveMetadata: (metadata) => {
        if (isAuthorized(metadata)) return listener.onReceiveMetadata(metadata);
        this.sendStatus({
          code: status.UNAUTHENTICATED,
          details: 'Wrong user or password.',
          metadata: new Metadata(),
        });
      },
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveHalfClose: () => listener.onReceiveHalfClose(),
      onCancel: () => {
        this.#end();
        listener.onCancel();
      },
    };
    super.start(watched);
  }

  // A page of messages goes out in as few HTTP/2 frames as it fits: one message per frame costs both sides several times as much.
  override sendMessage(page: unknown, callback: () => void): void {
    if (this.#ended) return;
    if (!Array.isArray(page)) return super.sendMessage(page, callback);
    for (const [index, message] of page.entries()) {
      this.wire.sendMessage(message, index === page.length - 1 ? callback : ignore);
    }
  }

  // A reader hears that its call was cancelled, a writer that the node is not there: the official client reconnects on either.
  endForShutdown(): void {
    const code = this.reads ? status.CANCELLED : status.UNAVAILABLE;
    this.sendStatus({ code, details: 'The node is shutting down.', metadata: new Metadata() });
  }

  override sendStatus(outcome: Outcome): void {
    if (this.#ended) return;
    this.#end();
    super.sendStatus(outcome);
  }

  #end(): void {
    this.#ended = true;
    this.forget();
  }
}

function ignore(): void {}
