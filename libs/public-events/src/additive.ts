import type { AnySchemaObject } from 'ajv/dist/2020.js';
import type { Schemas } from './schemas.js';

/**
 * What subscribers of the released schemas would stumble over in the present ones; empty when everything is an addition.
 * Within a version a type stays, a property stays what it is and stays there, and no value comes that was not named.
 * Every other limit stays as it is.
 */
export function breaches(released: Schemas, present: Schemas): string[] {
  return [...released].flatMap(([type, was]) => {
    const is = present.get(type);
    return is ? compare(type, was, is) : [`${type} is gone`];
  });
}

function compare(place: string, was: AnySchemaObject, is: AnySchemaObject): string[] {
  return [
    ...(alike(was['$ref'], is['$ref']) ? [] : [`${place} refers to something else`]),
    ...wider(place, types(was), types(is), 'may be'),
    ...wider(place, was['enum'] as unknown[] | undefined, is['enum'] as unknown[] | undefined, 'may say'),
    ...looser(place, was, is),
    ...changed(place, was, is),
    ...parts(was).flatMap(([name, part]) => {
      const now = new Map(parts(is)).get(name);
      return now ? compare(`${place}${name}`, part, now) : [`${place}${name} is gone`];
    }),
  ];
}

// A subscriber handles the values it was told of; without a list it handles any.
function wider(place: string, was: unknown[] | undefined, is: unknown[] | undefined, what: string): string[] {
  if (!was) return [];
  if (!is) return [`${place} ${what} anything now`];
  return is.filter((value) => !was.includes(value)).map((value) => `${place} ${what} ${String(value)} now`);
}

function looser(place: string, was: AnySchemaObject, is: AnySchemaObject): string[] {
  const still = (is['required'] ?? []) as string[];
  return ((was['required'] ?? []) as string[])
    .filter((name) => !still.includes(name))
    .map((name) => `${place}.${name} may be absent now`);
}

const weighed = new Set(['$ref', 'type', 'enum', 'required', 'properties', '$defs', 'items']);
const forPeople = new Set(['$schema', '$id', 'title', 'description', 'examples', 'deprecated']);

// `minimum`, `pattern`, `format`, `const`, `anyOf` and the like: who allows more surprises those who read, and who allows less breaks
// what is on the topic already.
function changed(place: string, was: AnySchemaObject, is: AnySchemaObject): string[] {
  return Object.keys({ ...was, ...is })
    .filter((word) => !weighed.has(word) && !forPeople.has(word))
    .filter((word) => JSON.stringify(was[word]) !== JSON.stringify(is[word]))
    .map((word) => `${place} has another ${word} now`);
}

function parts(schema: AnySchemaObject): [string, AnySchemaObject][] {
  const under = (word: string, sign: string): [string, AnySchemaObject][] =>
    Object.entries((schema[word] ?? {}) as Record<string, AnySchemaObject>).map(([name, part]) => [
      `${sign}${name}`,
      part,
    ]);
  const items = schema['items'] as AnySchemaObject | undefined;
  return [
    ...under('properties', '.'),
    ...under('$defs', '#'),
    ...(items ? [['[]', items] as [string, AnySchemaObject]] : []),
  ];
}

const types = ({ type }: AnySchemaObject): unknown[] | undefined =>
  type === undefined ? undefined : [type].flat();
const alike = (one: unknown, other: unknown): boolean => one === other;
