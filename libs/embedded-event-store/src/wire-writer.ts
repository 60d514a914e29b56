/** Bytes that `varint` takes for a whole number from 0 to 2^53 - 1. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** A whole number as a protobuf varint. */
export function bytesOf(value: number): Buffer {
  const writer = new WireWriter(varintSize(value));
  writer.varint(value);
  return writer.buffer;
}

const HEX = Buffer.from('0123456789abcdef');

/** Writes protobuf into a buffer whose size was counted beforehand. */
export class WireWriter {
  readonly buffer: Buffer;
  #at = 0;

  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
  }

  byte(value: number): void {
    this.buffer[this.#at++] = value;
  }

  varint(value: number): void {
    let rest = value;
    // Bitwise operators cut at 32 bits, hence the division above that.
    while (rest >= 0x80) {
      this.buffer[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.#at++] = rest;
  }

  field(tag: number, value: number): void {
    this.byte(tag);
    this.varint(value);
  }

  bytes(value: Uint8Array): void {
    this.buffer.set(value, this.#at);
    this.#at += value.length;
  }

  chunk(tag: number, value: Uint8Array): void {
    this.field(tag, value.length);
    this.bytes(value);
  }

  ascii(text: string): void {
    this.#at += this.buffer.write(text, this.#at, 'latin1');
  }

  /** The 36 characters of a UUID. */
  uuid(id: Uint8Array): void {
    for (let index = 0; index < 16; index++) {
      const byte = id[index]!;
      if (index === 4 || index === 6 || index === 8 || index === 10) this.byte(0x2d);
      this.byte(HEX[byte >> 4]!);
      this.byte(HEX[byte & 15]!);
    }
  }
}
