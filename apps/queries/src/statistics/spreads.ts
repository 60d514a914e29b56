import { ApiProperty } from '@nestjs/swagger';

const maybe = { nullable: true, type: Number } as const;

/** What is still open, by days since it was logged. */
export class AgeFigures {
  @ApiProperty({ example: 4, description: 'At least so many days.' }) readonly fromDays!: number;
  @ApiProperty({ ...maybe, example: 7, description: 'At most so many; null: any.' }) readonly toDays!:
    number | null;
  @ApiProperty({ example: 3 }) readonly open!: number;
}

export class OpenByAge {
  @ApiProperty({
    nullable: true,
    type: String,
    format: 'date',
    example: '2026-11-25',
    description: 'The day of `asOf` at the stations, to which the days are counted.',
  })
  readonly day!: string | null;
  @ApiProperty({ type: [AgeFigures] }) readonly ages!: AgeFigures[];
}

/** What was resolved, by the hours it took. */
export class DurationFigures {
  @ApiProperty({ example: 2, description: 'More than so many hours.' }) readonly overHours!: number;
  @ApiProperty({ ...maybe, example: 24, description: 'At most so many; null: any.' }) readonly toHours!:
    number | null;
  @ApiProperty({ example: 17 }) readonly resolved!: number;
}

/** The first days of the second age and of those after it; what is told to be of tomorrow is of the first. */
export const ageBounds = [2, 4, 8, 31] as const;

/** From counts by number of the age, 0 for the first one. */
export function openByAge(day: string | null, counts: readonly { age: number; open: number }[]): OpenByAge {
  const openOf = (age: number) => counts.find((one) => one.age === age)?.open ?? 0;
  return {
    day,
    ages: [0, ...ageBounds].map((fromDays, age) => {
      const next = ageBounds[age];
      return { fromDays, toDays: next === undefined ? null : next - 1, open: openOf(age) };
    }),
  };
}

const hourBounds = [2, 24, 72, 168] as const;

const boundsInTenths = hourBounds.map((hours) => hours * 10);

/** From durations in tenths of an hour, each counted at its hours as shown. One walk: there may be a million of them. */
export function resolvedByHours(tenths: Int32Array): DurationFigures[] {
  const counts = Array.from({ length: hourBounds.length + 1 }, () => 0);
  for (const duration of tenths) {
    let index = 0;
    while (index < boundsInTenths.length && duration > (boundsInTenths[index] as number)) index += 1;
    counts[index] = (counts[index] as number) + 1;
  }
  return counts.map((resolved, index) => ({
    overHours: hourBounds[index - 1] ?? 0,
    toHours: hourBounds[index] ?? null,
    resolved,
  }));
}
