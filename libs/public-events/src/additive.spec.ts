import { readFileSync } from 'node:fs';
import type { AnySchemaObject } from 'ajv/dist/2020.js';
import { breaches } from './additive.js';
import { type Schemas, readSchemas, releasedFile } from './schemas.js';

type Loose = any; // oxlint-disable-line typescript/no-explicit-any

const present = readSchemas();
const type = 'cn.yizhan.request.assigned.v1';

/** The present schemas, with one of them changed. */
function changed(change: (schema: Loose) => void): Schemas {
  const schema = structuredClone(present.get(type)) as AnySchemaObject;
  change(schema);
  return new Map([...present, [type, schema]]);
}

describe('the schemas of public events', () => {
  it('only add to those that were released', () => {
    const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Record<string, AnySchemaObject>;
    expect(Object.keys(released).length).toBeGreaterThanOrEqual(22);
    expect(breaches(new Map(Object.entries(released)), present)).toEqual([]);
  });

  it.each<[string, (schema: Loose) => void, string]>([
    ['a property goes', (schema) => delete schema.properties.helpers, `${type}.helpers is gone`],
    [
      'a property is renamed',
      (schema) => {
        schema.properties.unit = schema.properties.to;
        delete schema.properties.to;
      },
      `${type}.to is gone`,
    ],
    [
      'another type comes',
      (schema) => (schema.properties.requestId.type = ['string', 'integer']),
      `${type}.requestId may be integer now`,
    ],
    [
      'it refers to something else',
      (schema) => (schema.properties.to = { $ref: '#/$defs/person' }),
      `${type}.to refers to something else`,
    ],
    [
      'null comes',
      (schema) => schema.$defs.unit.properties.kind.enum.push(null),
      `${type}#unit.kind may say null now`,
    ],
    [
      'a value comes',
      (schema) => schema.$defs.unit.properties.kind.enum.push('police'),
      `${type}#unit.kind may say police now`,
    ],
    [
      'the list of values goes',
      (schema) => (schema.$defs.unit.properties.kind = { type: 'string' }),
      `${type}#unit.kind may say anything now`,
    ],
    [
      'what was always there may be absent',
      (schema) => schema.required.pop(),
      `${type}.helpers may be absent now`,
    ],
    [
      'the items of a list are something else',
      (schema) => (schema.properties.helpers.items = { type: 'string' }),
      `${type}.helpers[] refers to something else`,
    ],
  ])('are not released when %s', (_, change, breach) =>
    expect(breaches(present, changed(change))).toContain(breach),
  );

  it('are not released without one that was there', () => {
    const fewer = new Map(present);
    fewer.delete(type);
    expect(breaches(present, fewer)).toEqual([`${type} is gone`]);
  });

  it('may gain a property, a version and a type', () => {
    const more = changed((schema) => {
      schema.properties.note = { type: 'string' };
      schema.required.push('note');
    });
    const next = new Map([...more, ['cn.yizhan.request.assigned.v2', { type: 'object' }]]);
    expect(breaches(present, next)).toEqual([]);
  });
});
