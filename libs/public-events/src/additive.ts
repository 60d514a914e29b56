import type { AnySchemaObject } from 'ajv/dist/2020.js';
import type { Schemas } from './schemas.js';

/**
 * What subscribers of the released schemas would stumble over in the present ones; empty when everything is an addition.
 * Within a version a type stays, a property stays what it is, and what comes new may be absent: records are kept for ever, and those of
 * before are held against the same schema. No value comes that was not named and none goes. Every other limit stays as it is.
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
    ...otherValues(place, types(was), types(is), 'be'),
    ...otherValues(place, was['enum'] as Values, is['enum'] as Values, 'say'),
    ...otherPresence(place, was, is),
    ...changed(place, was, is),
    ...parts(was).flatMap(([name, part]) => {
      const now = new Map(parts(is)).get(name);
      return now ? compare(`${place}${name}`, part, now) : [`${place}${name} is gone`];
    }),
  ];
}

type Values = unknown[] | undefined;

// A subscriber handles the values it was told of, and without a list any; and what is on the topic already has them.
function otherValues(place: string, was: Values, is: Values, what: string): string[] {
  if (!was && !is) return [];
  if (!was) return [`${place} may ${what} only some things now`];
  if (!is) return [`${place} may ${what} anything now`];
  return [
    ...without(is, was).map((value) => `${place} may ${what} ${String(value)} now`),
    ...without(was, is).map((value) => `${place} may not ${what} ${String(value)} any more`),
  ];
}

function otherPresence(place: string, was: AnySchemaObject, is: AnySchemaObject): string[] {
  const [before, now] = [was, is].map(({ required = [] }) => required as string[]) as [string[], string[]];
  return [
    ...without(before, now).map((name) => `${place}.${String(name)} may be absent now`),
    ...without(now, before).map((name) => `${place}.${String(name)} must be there now`),
  ];
}

const without = (values: readonly unknown[], others: readonly unknown[]): unknown[] =>
  values.filter((value) => !others.includes(value));

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
