import { baseOffset } from './ordered-publisher.js';

const stored = { topicName: 'events', partition: 2, errorCode: 0, baseOffset: '41' };

it('takes the offset from an answer that names the partition', () => {
  expect(baseOffset([stored], 'events', 2)).toBe(41n);
});

it.each([
  ['is empty', []],
  ['names another partition', [{ ...stored, partition: 3 }]],
  ['names another topic', [{ ...stored, topicName: 'others' }]],
  ['names more than was sent', [stored, { ...stored, partition: 3 }]],
  ['carries an error', [{ ...stored, errorCode: 6 }]],
  ['has no offset', [{ ...stored, baseOffset: undefined }]],
  ['has the offset of nothing', [{ ...stored, baseOffset: '-1' }]],
])('does not believe an answer that %s', (_, answers) => {
  expect(() => baseOffset(answers as (typeof stored)[], 'events', 2)).toThrow('events/2 was not confirmed');
});
