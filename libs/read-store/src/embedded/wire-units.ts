const query = 0x51; // 'Q'
const sync = 0x53; // 'S'
const longest = 256 * 1024 * 1024;

/** The bytes are not PostgreSQL's protocol. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

/**
 * Cuts what a client sends into units: everything up to a Query or a Sync, which the server answers with ReadyForQuery.
 * Parse, Bind and Execute of two clients must never mix, since they share one unnamed statement and one portal.
 */
export class WireUnits {
  private buffer = Buffer.allocUnsafe(16 * 1024);
  private start = 0; // of the unit under way
  private scanned = 0; // whole messages up to here
  private end = 0;

  /** The complete units the chunk brings; each is a copy of its own. */
  *push(chunk: Buffer): Generator<Uint8Array> {
    this.append(chunk);
    while (this.scanned + 5 <= this.end) {
      const length = 1 + this.buffer.readUInt32BE(this.scanned + 1);
      if (length < 5 || length > longest) throw new ProtocolViolation(`a message of ${length} bytes`);
      if (this.scanned + length > this.end) return;
      const type = this.buffer[this.scanned];
      this.scanned += length;
      if (type === query || type === sync) yield this.take();
    }
  }

  private take(): Uint8Array {
    const unit = new Uint8Array(this.buffer.subarray(this.start, this.scanned));
    this.start = this.scanned;
    return unit;
  }

  // Doubling keeps a parameter of many megabytes linear, however small the chunks it comes in.
  private append(chunk: Buffer): void {
    const pending = this.end - this.start;
    if (this.end + chunk.length > this.buffer.length) {
      const wanted = pending + chunk.length;
      const target = wanted > this.buffer.length ? Buffer.allocUnsafe(wanted * 2) : this.buffer;
      this.buffer.copy(target, 0, this.start, this.end);
      this.buffer = target;
      this.scanned -= this.start;
      this.start = 0;
      this.end = pending;
    }
    chunk.copy(this.buffer, this.end);
    this.end += chunk.length;
  }
}

/** A Query message. */
export function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`);
  const message = Buffer.alloc(5 + text.length);
  message.writeUInt8(query, 0);
  message.writeUInt32BE(4 + text.length, 1);
  text.copy(message, 5);
  return new Uint8Array(message);
}
