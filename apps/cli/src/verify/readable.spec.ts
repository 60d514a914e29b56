import { unreadable } from './readable.js';

const metadata = { $correlationId: 'c', $causationId: 'd', schema: 1 };
const event = {
  stream: 'request-YFXJ-261122-7K3QX',
  revision: 3,
  type: 'Closed',
  data: { note: null },
  metadata,
};

describe('an event in one of our streams', () => {
  it.each([
    ['of a request', event],
    ['of a station', { ...event, stream: 'station-YFXJ', type: 'StationClosed' }],
    ['of a key', { ...event, stream: 'key-1', type: 'KeyTaken' }],
    ['of an answer', { ...event, stream: 'key-1', type: 'AnswerKept' }],
  ])('can be read: %s', (_, ours) => expect(unreadable(ours)).toBeUndefined());

  it.each([
    ['another type', { type: 'Exploded' }, 'Exploded (revision 3) is no event of a request'],
    [
      'the type of another stream',
      { type: 'StationClosed' },
      'StationClosed (revision 3) is no event of a request',
    ],
    ['a type that every object has', { type: 'toString' }, 'toString (revision 3) is no event of a request'],
    ['data that is no object', { data: [] }, 'the data of revision 3 (Closed) is no JSON object'],
    ['bytes for data', { data: undefined }, 'the data of revision 3 (Closed) is no JSON object'],
    [
      'no metadata',
      { metadata: undefined },
      'the metadata of revision 3 (Closed) lacks its schema or correlation',
    ],
    [
      'no schema',
      { metadata: { $correlationId: 'c' } },
      'the metadata of revision 3 (Closed) lacks its schema or correlation',
    ],
    [
      'a schema from the future',
      { metadata: { ...metadata, schema: 99 } },
      'revision 3 (Closed) has schema 99; this program knows 1: install a newer one',
    ],
  ])('cannot be read with %s', (_, other, sentence) =>
    expect(unreadable({ ...event, ...other })).toBe(sentence),
  );

  it('may be what a store writes by itself', () =>
    expect(unreadable({ ...event, type: '$streamDeleted', data: undefined })).toBeUndefined());
});

it('events of other streams are read by somebody else', () =>
  expect(unreadable({ ...event, stream: 'invoice-1', type: 'Paid', metadata: undefined })).toBeUndefined());
