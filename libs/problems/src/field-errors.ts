import { type ValidationError, getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { constraintSentences } from './constraint.sentences.js';
import { fill, Sentence } from './language.js';

/** One thing wrong with one field; `field` is a path such as `place.building` or `helpers.0.name`. */
export type FieldError = { field: string; message: Sentence };

/**
 * Options for a class-validator decorator whose own sentence would not help:
 * `@Matches(stationCode, says('须为 2 到 12 位大写字母或数字', 'must be 2 to 12 capital letters or digits'))`.
 */
export function says(zh: string, en: string): { context: Sentence } {
  return { context: new Sentence(zh, en) };
}

const most = 100; // a hostile body may have thousands of wrong fields; nobody reads more

/** What class-validator found, flat and in words, at most a hundred. Needs the errors' `target`. */
export function fieldErrors(errors: readonly ValidationError[]): FieldError[] {
  const found = flat(errors, '')
    .slice(0, most)
    .map(({ field, error, name }) => ({ field, message: sentence(error, name) }));
  return found.filter((one, index) => index === found.findIndex((other) => isSame(one, other)));
}

// Two checks of one field may say the same.
const isSame = (one: FieldError, other: FieldError): boolean =>
  one.field === other.field && one.message.en === other.message.en;

type Failure = { field: string; error: ValidationError; name: string };

function flat(errors: readonly ValidationError[], above: string): Failure[] {
  return errors.flatMap((error) => {
    const field = above + error.property;
    const own = Object.keys(error.constraints ?? {}).map((name) => ({ field, error, name }));
    return [...own, ...flat(error.children ?? [], `${field}.`)];
  });
}

function sentence({ target, property, constraints }: ValidationError, name: string): Sentence {
  const declared = declaration(target, property, name);
  if (declared?.context instanceof Sentence) return declared.context;
  const template = constraintSentences[name];
  if (!template) return new Sentence('填写不符合要求', constraints?.[name] ?? 'is not right');
  const said = Object.fromEntries((declared?.constraints ?? []).map((value, at) => [at + 1, spoken(value)]));
  const { zh, en } = { zh: fill(template.zh, said, 'zh'), en: fill(template.en, said, 'en') };
  return declared?.each ? new Sentence(`每一项${zh}`, `each entry ${en}`) : new Sentence(zh, en);
}

// The arguments of the decorator are not in the error, only in class-validator's registry.
function declaration(target: object | undefined, property: string, name: string) {
  if (!target) return undefined;
  return getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', false, false)
    .find((metadata) => metadata.propertyName === property && nameOf(metadata) === name);
}

// A constraint class of our own (`@Validate(…)`) is registered under its class, and its errors under its name.
function nameOf({ name, type, constraintCls }: ValidationMetadata): string {
  const [own] = constraintCls ? getMetadataStorage().getTargetValidatorConstraints(constraintCls) : [];
  return name ?? own?.name ?? type;
}

function spoken(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
