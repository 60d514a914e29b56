declare module 'kafkajs/src/protocol/decoder.js' {
  /** The members of kafkajs 2.2.4 that the patch and its spec touch. */
  export default class Decoder {
    constructor(buffer: Buffer);
    readVarInt(): number;
    readVarIntArray<Item>(reader: (decoder: Decoder) => Item): Item[];
  }
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js' {
  import type Decoder from 'kafkajs/src/protocol/decoder.js';
  export default function decode(decoder: Decoder, batch: object): { headers: object };
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  export default function encode(record: object): { buffer: Buffer };
}
