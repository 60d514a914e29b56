import * as fc from 'fast-check';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uuid(),
  fc.constantFrom(
    '',
    '$$',
    '$all',
    '$>',
    '(a+)+$',
    'type',
    'content-type',
    '\0',
    '00000000-0000-0000-0000-000000000000',
  ),
);
const tag = fc.bigInt({ min: 1n, max: 15n });

// Any field with any wire type that parses, nested: what a generated decoder takes, whatever the message was meant to be.
const { message } = fc.letrec<{ message: Buffer; field: Buffer }>((tie) => ({
  message: fc.array(tie('field'), { maxLength: 6 }).map((fields) => Buffer.concat(fields)),
  field: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(tag, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
      .map(([at, value]) => Buffer.concat([varint(at << 3n), varint(value)])),
    fc.tuple(tag, text).map(([at, value]) => delimited(at, Buffer.from(value))),
    fc.tuple(tag, tie('message')).map(([at, value]) => delimited(at, value)),
  ),
}));

/** A protobuf message that can be decoded and means nothing. */
export const nonsenseMessage: fc.Arbitrary<Buffer> = message;

function delimited(at: bigint, content: Buffer): Buffer {
  return Buffer.concat([varint((at << 3n) | 2n), varint(BigInt(content.length)), content]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
