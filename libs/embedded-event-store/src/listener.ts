import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { EventStoreUnavailable } from './event-store-unavailable.js';

/** The port on the loopback. It keeps its connections, since gRPC's server waits for ever for a peer that says nothing. */
export class Listener {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();

  constructor(serve: (connection: Socket) => void) {
    // Small answers leave at once, as with Node's own HTTP servers.
    this.#server = createServer({ noDelay: true }, (connection) => {
      this.#connections.add(connection);
      connection.once('close', () => this.#connections.delete(connection));
      serve(connection);
    });
  }

  /** Opens the port (0 takes a free one) and returns its number. Throws EventStoreUnavailable. */
  async open(port: number): Promise<number> {
    try {
      await once(this.#server.listen(port, '127.0.0.1'), 'listening');
    } catch (cause) {
      const message = `Port ${port} on 127.0.0.1 cannot be opened: stop the program that uses it, or choose another port.`;
      throw new EventStoreUnavailable('port-taken', message, { cause });
    }
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no further connections; resolves when the last one has ended. */
  close(): Promise<void> {
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  /** Cuts the connections that are left. */
  cut(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}
