import { isDay, isInstant } from './day.js';

describe('a written day', () => {
  it.each(['2026-11-22', '2024-02-29', '0001-01-01'])('may be %s', (text) => expect(isDay(text)).toBe(true));

  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '0000-01-01', '2026-1-2', '20261122', '', 20261122])(
    'is not %j',
    (value) => expect(isDay(value)).toBe(false),
  );
});

describe('a written instant', () => {
  it.each(['2026-11-22T10:30:00+08:00', '2026-11-22T10:30Z', '2026-11-22T10:30:00.123456789-05:00'])(
    'may be %s',
    (text) => expect(isInstant(text)).toBe(true),
  );

  it.each(['2026-11-22T10:30:00', '2026-11-22', '2026-02-30T10:30:00Z', '2026-11-22T25:00:00Z', null])(
    'is not %j',
    (value) => expect(isInstant(value)).toBe(false),
  );
});
