import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isDay } from '#calendar';
import { type Phrase, says } from '#problems';

// A field of a body is declared once: what is checked is what the documentation says.

type Options = { optional?: boolean; description?: string };

/** Absent is absent; null is checked like any other value, else it would pass unseen into the event. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

// PostgreSQL stores no NUL and no half of a surrogate pair: one such text would stop every projection that meets it.
const writing = /^(?=[^]*\S)(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;
const inWords = says('不能只有空白，不能有控制字符', 'must not be blank or have control characters');

const field = (
  options: Options,
  documented: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      description: options.description ?? '',
      ...documented,
      required: !options.optional,
    } as ApiPropertyOptions),
    ...(options.optional ? [MayBeAbsent()] : []),
    ...checks,
  );

/** Text of 1 to `max` characters that says something and can be stored. */
export const Text = (options: Options & { max: number; example: string }): PropertyDecorator =>
  field(
    options,
    { type: String, maxLength: options.max, minLength: 1, example: options.example },
    IsString(),
    IsNotEmpty(),
    Matches(writing, inWords),
    MaxLength(options.max),
  );

/** A list of texts, as {@link Text}. */
export const Texts = (
  options: Options & { max: number; most: number; example: string[] },
): PropertyDecorator =>
  field(
    options,
    { type: [String], maxItems: options.most, example: options.example },
    IsArray(),
    ArrayMaxSize(options.most),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    Matches(writing, { each: true, ...inWords }),
    MaxLength(options.max, { each: true }),
  );

export const Choices = (
  values: readonly string[],
  options: Options & { example: string[] },
): PropertyDecorator =>
  field(
    options,
    { type: [String], enum: [...values], example: options.example },
    IsArray(),
    ArrayMaxSize(values.length),
    IsIn(values, { each: true }),
  );

export const Choice = (
  values: readonly string[],
  options: Options & { example: string },
): PropertyDecorator =>
  field(options, { type: String, enum: [...values], example: options.example }, IsIn(values));

export const Flag = (options: Options & { example: boolean }): PropertyDecorator =>
  field(options, { type: Boolean, example: options.example }, IsBoolean());

/** A whole number from `min` to `max`. */
export const Whole = (options: Options & { min: number; max: number; example: number }): PropertyDecorator =>
  field(
    options,
    { type: 'integer', minimum: options.min, maximum: options.max, example: options.example },
    IsInt(),
    Min(options.min),
    Max(options.max),
  );

export const codeForm = {
  zh: '须为 2 到 12 位大写字母或数字',
  en: 'must be 2 to 12 capital letters or digits',
};

const IsCalendarDay = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isCalendarDay', validator: { validate: isDay } },
    says('必须是日历上有的日期，如 2027-01-01', 'must be a day of the calendar, e.g. 2027-01-01'),
  );

/** A day, `yyyy-mm-dd`. */
export const OnDay = (options: Options & { example: string }): PropertyDecorator =>
  field(options, { type: String, format: 'date', example: options.example }, IsCalendarDay());

/** Text of a fixed form; `form` says which, in words. */
export const Code = (
  pattern: RegExp,
  { form, ...options }: Options & { example: string; form: Phrase },
): PropertyDecorator =>
  field(
    options,
    { type: String, pattern: pattern.source, example: options.example },
    IsString(),
    Matches(pattern, says(form.zh, form.en)),
  );

export const Part = (type: () => new () => object, options: Options = {}): PropertyDecorator =>
  // Swagger knows a lazy type by the function's name only; ValidateNested alone takes a list for one part.
  field(options, { type: () => type() }, IsObject(), ValidateNested(), Type(type));

export const Parts = (type: () => new () => object, options: Options & { max: number }): PropertyDecorator =>
  field(
    options,
    { type: () => type(), isArray: true, maxItems: options.max },
    IsArray(),
    ArrayMaxSize(options.max),
    ValidateNested({ each: true }),
    Type(type),
  );
