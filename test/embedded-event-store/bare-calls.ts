import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';

/**
 * Calls without a gRPC client, whose habits would hide the node's: grpc-js (1.14.7) reads what nobody asked for into
 * its own memory, and never tells the server of a call that was cancelled in the turn it began in.
 */
export function bareConnection(port: number): ClientHttp2Session {
  return connect(`http://127.0.0.1:${port}`);
}

/** Begins a call of the Streams service and says nothing yet. Its answers stay on the wire until they are read. */
export function beginCall(connection: ClientHttp2Session, method: string): ClientHttp2Stream {
  const call = connection.request({
    ':method': 'POST',
    ':path': `/event_store.client.streams.Streams/${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  return call.on('error', () => undefined);
}

/** Begins a call with its first or only message. */
export function bareCall(
  connection: ClientHttp2Session,
  method: string,
  message: Uint8Array,
): ClientHttp2Stream {
  const call = beginCall(connection, method);
  // A read is asked for once; the node begins when it has heard that no more comes.
  if (method === 'Read') call.end(framed(message));
  else call.write(framed(message));
  return call;
}

export function cancel(call: ClientHttp2Stream): void {
  call.close(constants.NGHTTP2_CANCEL);
}

/** A gRPC message as it is on the wire: not compressed, its length, itself. */
export function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
