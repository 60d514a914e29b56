import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { says } from '#problems';
import { isInstant } from '#calendar';
import { MayBeAbsent } from './fields.js';

const clockDrift = 5 * 60_000; // how far a client's clock may run ahead, in milliseconds

const PastInstant = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isPastInstant', validator: { validate: isPastInstant } },
    says(
      '必须是带时区的时间，不能在将来，如 2025-11-22T07:50:00+08:00',
      'must be a time with its zone that has passed, e.g. 2025-11-22T07:50:00+08:00',
    ),
  );

function isPastInstant(value: unknown): boolean {
  if (!isInstant(value)) return false;
  const time = Date.parse(value);
  return time <= Date.now() + clockDrift && time >= Date.UTC(1949, 9, 1);
}

/** What every entry in the register may say: when it happened, where that was before it was entered. */
export class Entry {
  @ApiProperty({
    required: false,
    format: 'date-time',
    example: '2025-11-22T07:50:00+08:00',
    description: 'When it happened, with its zone; only where that was earlier (paper entered later).',
  })
  @MayBeAbsent()
  @PastInstant()
  readonly occurredAt?: string;
}

/** When it happened, as ISO 8601 in UTC; `undefined` means now. */
export const instant = ({ occurredAt }: Entry): string | undefined =>
  occurredAt === undefined ? undefined : new Date(occurredAt).toISOString();
