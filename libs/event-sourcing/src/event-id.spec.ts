import { assert, property, string } from 'fast-check';
import { v5 } from 'uuid';
import { eventId, nameId } from './event-id.js';

describe('the id of an event', () => {
  it('is the UUIDv5 of stream, key and index', () => {
    assert(
      property(string({ unit: 'grapheme' }), (name) => {
        expect(nameId(name)).toBe(v5(name, 'a7a0f1de-5c43-5b0e-9d8c-1f6f3c0b7e21'));
      }),
    );
  });

  it('never changes: stored events were written with it', () => {
    expect(eventId('request-YFXJ-261122-7K3QX', 'key', 0)).toBe('ca3f1e21-b451-5816-8ca5-f3a2327df02c');
  });
});
