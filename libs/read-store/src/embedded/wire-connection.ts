import type { Socket } from 'node:net';
import { type NamedStatements, parseComplete } from './named-statements.js';
import type { Turns } from './turns.js';
import { readOpening, welcome } from './wire-startup.js';
import { WireUnits, simpleQuery } from './wire-units.js';

/** The one backend session that all connections share. */
export type Session = {
  /** Runs whole units; rejects only when the backend itself is broken. */
  run(unit: Uint8Array, onData: (bytes: Uint8Array) => void): Promise<void>;
  isInTransaction(): boolean;
};

export type ConnectionOptions = {
  session: Session;
  turns: Turns<WireConnection>;
  statements: NamedStatements;
  /** Milliseconds a client may sit in an open transaction: everybody else waits meanwhile. */
  transactionPatience: number;
  onBroken: (error: Error) => void;
};

/**
 * One client. It has the backend to itself from a unit's first byte until the transaction it leads to has ended, so clients
 * see transactions as on a real server. Named statements are shared, so the same name means the same text everywhere; so are
 * session settings: use none.
 */
export class WireConnection {
  private readonly units = new WireUnits();
  private opening = Buffer.alloc(0);
  private started = false;
  private work = Promise.resolve();
  private patience: NodeJS.Timeout | undefined;
  /** Settles once the client is gone and nothing of it is left in the backend. */
  readonly closed: Promise<void>;

  constructor(
    private readonly socket: Socket,
    private readonly options: ConnectionOptions,
  ) {
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy()); // the client went away; `close` follows
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.work = this.work.then(() => this.leave());
        void this.work.then(resolve);
      });
    });
  }

  end(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    try {
      const rest = this.started ? chunk : this.open(chunk);
      for (const unit of this.units.push(rest)) this.work = this.work.then(() => this.run(unit));
    } catch {
      this.socket.destroy();
    }
  }

  private open(chunk: Buffer): Buffer {
    this.opening = Buffer.concat([this.opening, chunk]);
    for (let said = readOpening(this.opening); said; said = readOpening(this.opening)) {
      this.opening = this.opening.subarray(said.length);
      this.started = said.kind === 'started';
      this.socket.write(this.started ? welcome() : 'N');
      if (this.started) return this.opening;
    }
    return Buffer.alloc(0);
  }

  private async run(unit: Uint8Array): Promise<void> {
    const { turns, session, transactionPatience } = this.options;
    clearTimeout(this.patience);
    await turns.take(this);
    if (this.socket.destroyed) return; // `leave` gives the turn back
    await this.guarded(this.answer(unit));
    if (!session.isInTransaction()) turns.giveBack(this);
    else this.patience = setTimeout(() => this.socket.destroy(), transactionPatience);
  }

  private answer(unit: Uint8Array): Promise<void> {
    const { session, statements } = this.options;
    // The bytes lie in the backend's memory and change with its next step: copied before they are sent.
    const send = (bytes: Uint8Array): void => void this.socket.write(Buffer.from(bytes));
    const known = statements.without(unit);
    if (known) {
      send(parseComplete);
      return session.run(known, send);
    }
    let first = true;
    return session.run(unit, (bytes) => {
      if (first) statements.answered(unit, bytes);
      first = false;
      send(bytes);
    });
  }

  private async leave(): Promise<void> {
    const { turns, session } = this.options;
    clearTimeout(this.patience);
    if (!turns.has(this)) return;
    if (session.isInTransaction()) await this.guarded(session.run(simpleQuery('rollback'), () => {}));
    turns.giveBack(this);
  }

  private async guarded(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      this.socket.destroy();
      this.options.onBroken(error instanceof Error ? error : new Error(String(error)));
    });
  }
}
