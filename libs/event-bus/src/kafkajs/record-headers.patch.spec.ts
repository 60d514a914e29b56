import Decoder from 'kafkajs/src/protocol/decoder.js';
import decode from 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';
import encode from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { gatherRecordHeadersAtOnce } from './record-headers.patch.js';

const bytes = (text: string) => Buffer.from(text);

const records: object[] = [
  {},
  { ce_id: bytes('1') },
  { ce_id: bytes('1'), 内容: bytes('冰') },
  { twice: [bytes('1'), bytes('2')], thrice: [bytes('1'), bytes('2'), bytes('3')], once: bytes('1') },
  { nothing: bytes('') },
];

function read(headers: object) {
  const decoder = new Decoder(encode({ key: bytes('k'), value: bytes('v'), headers }).buffer);
  decoder.readVarInt(); // the length
  return decode(decoder, { firstOffset: '0', firstTimestamp: '0' }).headers;
}

it('reads the headers of records as kafkajs does, and does it in place of kafkajs', () => {
  const inherited = { constructor: bytes('1') };
  expect(records.map(read)).toEqual(records);
  expect(read(inherited)).toEqual({ constructor: [Object, bytes('1')] }); // kafkajs takes it for a second one
  gatherRecordHeadersAtOnce();
  expect(records.map(read)).toEqual(records);
  expect(read(inherited)).toEqual(inherited);
});
