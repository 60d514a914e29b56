import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { says } from '#problems';
import { isDay, isInstant } from '#calendar';
import { monthForm } from './chart/month.js';

// A query parameter is declared once: what is checked is what the documentation says. All of them may be left out.

@ValidatorConstraint({ name: 'isOnce' })
export class Once implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return !Array.isArray(value);
  }
}

const parameter = (documented: ApiPropertyOptions, ...checks: PropertyDecorator[]): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ required: false, ...documented } as ApiPropertyOptions),
    IsOptional(),
    Validate(Once, says('只能写一次', 'must be given once')),
    ...checks,
  );

export const TextParameter = (options: { max: number; example: string; description?: string }) =>
  parameter(
    {
      type: String,
      maxLength: options.max,
      example: options.example,
      description: options.description ?? '',
    },
    IsString(),
    IsNotEmpty(),
    MaxLength(options.max),
    // PostgreSQL has no text with such a character.
    Matches(/^[^\0]*$/, says('不能含有空字符（NUL）', 'must not contain the character NUL')),
  );

export const ChoiceParameter = (values: readonly string[], description = '') =>
  parameter({ type: String, enum: [...values], description }, IsIn(values));

/** Several of them: in a list with commas, or the parameter repeated. */
export const ChoicesParameter = (values: readonly string[], description: string) =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      isArray: true,
      enum: [...values],
      required: false,
      description,
    } as ApiPropertyOptions),
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [one])),
    ),
    ArrayMaxSize(100),
    IsIn(values, { each: true }),
  );

export const FlagParameter = (description: string) =>
  parameter(
    { type: Boolean, description },
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean(),
  );

export const WholeParameter = (options: {
  min: number;
  max: number;
  example: number;
  description?: string;
}) =>
  parameter(
    {
      type: 'integer',
      minimum: options.min,
      maximum: options.max,
      example: options.example,
      description: options.description ?? '',
    },
    // Number() would take nothing for zero, and 1e3 or 0x10 for numbers.
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    IsInt(),
    Min(options.min),
    Max(options.max),
  );

@ValidatorConstraint({ name: 'isDay' })
class Day implements ValidatorConstraintInterface {
  validate = isDay;
}

export const DayParameter = (description: string) =>
  parameter(
    { type: String, format: 'date', example: '2026-11-22', description },
    Validate(
      Day,
      says('必须是日历上有的日期，如 2026-11-22', 'must be a day of the calendar, e.g. 2026-11-22'),
    ),
  );

export const MonthParameter = (description: string) =>
  parameter(
    { type: String, pattern: monthForm.source, example: '2026-11', description },
    Matches(monthForm, says('必须是年和月，如 2026-11', 'must be a year and a month, e.g. 2026-11')),
  );

@ValidatorConstraint({ name: 'isInstant' })
class Instant implements ValidatorConstraintInterface {
  validate = isInstant;
}

export const InstantParameter = (description: string) =>
  parameter(
    { type: String, format: 'date-time', example: '2026-11-22T10:30:00+08:00', description },
    // A `+` that was not escaped arrives as a space: what else could it have been?
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.replace(' ', '+') : value,
    ),
    Validate(
      Instant,
      says(
        '必须是带时区的时间，如 2026-11-22T10:30:00+08:00',
        'must be a time with its zone, e.g. 2026-11-22T10:30:00+08:00',
      ),
    ),
  );

export const PositionParameter = (description: string) =>
  parameter(
    { type: String, pattern: String.raw`^\d{1,18}$`, example: '48213', description },
    IsString(),
    Matches(/^\d{1,18}$/, says('必须是位置编号，如 48213', 'must be a position, e.g. 48213')),
  );

/** One of the words, or a position of all events. */
export const StartParameter = (words: readonly string[], description: string) => {
  const form = new RegExp(String.raw`^(${words.join('|')}|\d{1,18})$`);
  const named = words.join(', ');
  return parameter(
    { type: String, pattern: form.source, example: '48213', description },
    IsString(),
    Matches(form, says(`必须是 ${named} 或位置编号，如 48213`, `must be ${named} or a position, e.g. 48213`)),
  );
};

export const CursorParameter = () =>
  parameter(
    { type: String, description: '`next` of the page before, with the same filters.' },
    IsString(),
    Matches(/^[\w-]{1,500}$/, says('不是上一页给出的 next', 'is not the `next` of a page')),
  );
