import { readFileSync, readdirSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2020 as Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { PublicEvent } from './public-event.js';

/** `contracts/events/<name>.v<version>.json` of the project, by the type of event. */
export type Schemas = ReadonlyMap<string, AnySchemaObject>;

const contracts = join(dirname(findPackageJSON(import.meta.url) ?? '.'), 'contracts');
const schemaFolder = join(contracts, 'events');

/** The schemas as subscribers have them: only additions to these may be released. */
export const releasedFile = join(contracts, 'released.json');

/** Reads the schemas; their `title` is the type of event they describe. */
export function readSchemas(folder = schemaFolder): Schemas {
  const schemas = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as AnySchemaObject);
  return new Map(schemas.map((schema) => [schema['title'] as string, schema]));
}

/** A public event is not what its schema says it is. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/**
 * Holds what is published against its schema, and lets nothing pass that the schema does not name: subscribers must take
 * tomorrow's fields, but today's publisher has none that nobody described.
 */
export class Contract {
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(schemas: Schemas = readSchemas()) {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    for (const [type, schema] of schemas) this.checks.set(type, ajv.compile(closed(schema)));
  }

  /** Throws {@link ContractBroken}. */
  check({ type, data, id }: Pick<PublicEvent, 'type' | 'data' | 'id'>): void {
    const check = this.checks.get(type);
    if (!check) throw new ContractBroken(`${type} has no schema (event ${id})`);
    if (check(data)) return;
    const [error] = check.errors ?? [];
    const detail = JSON.stringify(error?.params);
    throw new ContractBroken(`${type}: data${error?.instancePath} ${error?.message} ${detail} (event ${id})`);
  }

  /** Where the schema of a type is served below a base, e.g. `/schemas/request.assigned.v1.json`. */
  static path(type: string): string {
    return `/schemas/${type.split('.').slice(2).join('.')}.json`;
  }
}

function closed(schema: unknown): AnySchemaObject {
  return JSON.parse(JSON.stringify(schema), (_, part: unknown) =>
    isObjectSchema(part) ? { ...part, additionalProperties: false } : part,
  ) as AnySchemaObject;
}

const isObjectSchema = (part: unknown): part is AnySchemaObject =>
  part !== null && typeof part === 'object' && 'type' in part && part.type === 'object';
