import Decoder from 'kafkajs/src/protocol/decoder.js';

type Header = { key: string; value: Buffer };
type Headers = Record<string, Buffer | Buffer[]>;

/**
 * kafkajs 2.2.4 reduces the headers of a record to an object by copying that object for each of them: of a dozen headers that takes
 * longer than all else it does with the record. It reads no other list in this way, so this one is given a `reduce` that copies nothing.
 */
export function gatherRecordHeadersAtOnce(): void {
  const { readVarIntArray } = Decoder.prototype;
  Decoder.prototype.readVarIntArray = function <Item>(this: Decoder, reader: (decoder: Decoder) => Item) {
    return Object.assign(readVarIntArray.call(this, reader) as Item[], { reduce: gathered }) as never;
  };
}

function gathered(this: readonly Header[]): Headers {
  const headers: Headers = {};
  for (const { key, value } of this) {
    const before = Object.hasOwn(headers, key) ? headers[key] : undefined;
    headers[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}
