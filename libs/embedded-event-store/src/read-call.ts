import type { ServerWritableStream } from '@grpc/grpc-js';
import type { AppendedSignal } from './appended-signal.js';
import { streams } from './protocol.js';
import { encodeDelivered, type Delivered } from './read-encoding.js';
import { failure, type RpcError } from './rpc-error.js';

export type ReadServerCall = ServerWritableStream<streams.ReadReq, Buffer[]>;

const PAGE_BYTES = 64 * 1024;
const PAGES_UNDER_WAY = 2;

/**
 * The answering side of a read. Messages gather to pages, and few pages are under way at a time: a slow reader
 * holds up its own loop instead of filling the node's memory.
 */
export class ReadCall {
  #page: Buffer[] = [];
  #bytes = 0;
  #underWay = 0;
  #open = true;
  #wake: (() => void) | undefined;

  constructor(private readonly call: ReadServerCall) {
    call.once('close', () => {
      this.#open = false;
      this.#wake?.();
    });
  }

  /** False once the client has gone away or the call was ended. */
  get open(): boolean {
    return this.#open;
  }

  /** Adds an event to the page; true when the page is full and `flush` is due. */
  deliver(delivered: Delivered): boolean {
    return this.message(encodeDelivered(delivered));
  }

  /** Adds any encoded ReadResp to the page. */
  message(message: Uint8Array): boolean {
    this.#page.push(Buffer.isBuffer(message) ? message : Buffer.from(message));
    this.#bytes += message.length;
    return this.#bytes >= PAGE_BYTES;
  }

  /** Sends the page and waits until there is room for another. */
  async flush(): Promise<void> {
    if (this.#page.length === 0 || !this.#open) return;
    const page = this.#page;
    this.#page = [];
    this.#bytes = 0;
    this.#underWay++;
    this.call.write(page, () => {
      this.#underWay--;
      this.#wake?.();
    });
    while (this.#underWay >= PAGES_UNDER_WAY && this.#open) await this.#woken();
  }

  /** Waits for the next commit, or until the call is over. */
  async untilAppended(appended: AppendedSignal): Promise<void> {
    const woken = this.#woken();
    const forget = appended.once(() => this.#wake?.());
    await woken;
    forget();
  }

  async end(): Promise<void> {
    await this.flush();
    if (this.#open) this.call.end();
  }

  async fail(error: RpcError): Promise<void> {
    await this.flush();
    if (this.#open) this.call.emit('error', error);
  }

  /** Runs the body of the call; what it throws becomes the call's status. */
  run(body: () => Promise<void>): void {
    body().catch((error: unknown) => {
      if (this.#open) this.call.emit('error', failure(error));
    });
  }

  // A race against a promise that lives as long as the call would keep every wait in memory; so whoever wakes, wakes this.
  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = this.#open ? resolve : undefined;
      if (!this.#open) resolve();
    });
  }
}
