import { isDated, metadataToCarry } from './recorded-at.js';
import { stored } from './stored.event.example.js';

const created = '2026-11-22T02:30:00.123Z';
const carried = (metadata: string | Uint8Array): string =>
  Buffer.from(metadataToCarry(stored('a', 0, 1, { metadata: Buffer.from(metadata), created }))).toString(
    'utf8',
  );

describe('the time of the first recording', () => {
  it.each([
    ['{"schema":1}', `{"schema":1,"recordedAt":"${created}"}`],
    ['{}', `{"recordedAt":"${created}"}`],
    ['', `{"recordedAt":"${created}"}`],
    [
      '{ "a": 12345678901234567890, "b": 1.0 }\n',
      `{ "a": 12345678901234567890, "b": 1.0 ,"recordedAt":"${created}"}`,
    ],
    ['{"note":"}"}', `{"note":"}","recordedAt":"${created}"}`],
  ])('is put into %j and leaves the rest as it was', (before, after) => expect(carried(before)).toBe(after));

  it('is that of the first store, however often an event is carried on', () => {
    const first = '{"recordedAt":"2022-03-01T05:00:00.000Z","schema":1}';
    expect(carried(first)).toBe(first);
  });

  it('is left out where the event would be too large with it, and nowhere else', () => {
    const metadata = Buffer.from('{}');
    const added = carried('{}').length - 2;
    const sized = (bytes: number) =>
      metadataToCarry(stored('a', 0, 1, { metadata, created, type: 'x', data: Buffer.alloc(bytes - 4) }));
    const limit = 1024 * 1024;
    expect(sized(limit - added)).not.toEqual(metadata);
    expect(sized(limit - added + 1)).toEqual(metadata);
    expect(sized(limit)).toEqual(metadata);
    // A store that takes more than usual takes it with the time as well.
    expect(sized(limit + 1)).not.toEqual(metadata);
  });

  it.each([['[1,2]'], ['"text"'], ['null'], ['no JSON'], [Uint8Array.of(0xff, 0x00)]])(
    'has no room in %j, which stays as it is',
    (metadata) => {
      expect(metadataToCarry(stored('a', 0, 1, { metadata: Buffer.from(metadata), created }))).toEqual(
        Buffer.from(metadata),
      );
      expect(isDated(Buffer.from(metadata))).toBe(false);
    },
  );
});
