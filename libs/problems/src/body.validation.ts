import { ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { fieldErrors } from './field-errors.js';
import { Sentence } from './language.js';
import { Problem } from './problem.js';

/**
 * The pipe every app installs globally: unknown fields are refused, classes are built from plain JSON, strings are never
 * turned into numbers unless the DTO says so (`@Type`). Throws the problem `invalid-body`, for queries and path parameters
 * `invalid-query`, with `errors: [{ field, message }]`.
 */
export function bodyValidation(): ValidationPipe {
  return new BodyValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => new Invalid(errors),
  });
}

class Invalid extends Error {
  constructor(readonly errors: ValidationError[]) {
    super('invalid');
  }
}

class BodyValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const slug = metadata.type === 'body' ? 'invalid-body' : 'invalid-query';
    if (slug === 'invalid-body' && !isRecord(value)) throw new Problem(slug, {}, { errors: [notAnObject] });
    try {
      const unseen = inherited(value, '');
      if (unseen !== undefined)
        throw new Problem(slug, {}, { errors: [{ field: unseen, message: unknown }] });
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (error instanceof Invalid) throw new Problem(slug, {}, { errors: fieldErrors(error.errors) });
      // Thousands of brackets within brackets exhaust the stack of whoever walks them.
      if (error instanceof RangeError) throw nestedTooDeeply(slug);
      throw error;
    }
  }
}

const unknown = new Sentence('没有这个字段', 'is not a known field');

// class-transformer drops members named like what every object has (`toString`) before anything could refuse them.
function inherited(value: unknown, above: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const found = name in Object.prototype ? above + name : inherited(part, `${above}${name}.`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** For whoever walks a body and runs out of stack. */
export function nestedTooDeeply(slug: 'invalid-body' | 'invalid-query' = 'invalid-body'): Problem {
  const message = new Sentence('内容嵌套过深', 'the body is nested too deeply');
  return new Problem(slug, {}, { errors: [{ field: '', message }] });
}

const notAnObject = {
  field: '',
  message: new Sentence('内容必须是一个 JSON 对象', 'the body must be a JSON object'),
};

function isRecord(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
