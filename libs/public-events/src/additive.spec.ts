import { readFileSync } from 'node:fs';
import type { AnySchemaObject } from 'ajv/dist/2020.js';
import { breaches } from './additive.js';
import { type Schemas, readSchemas, releasedFile } from './schemas.js';

type Loose = any; // oxlint-disable-line typescript/no-explicit-any

const present = readSchemas();
const type = 'cn.yizhan.request.assigned.v1';

const number = (limits: object) => new Map([['number', { type: 'integer', ...limits }]]);

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
      'what comes must be there: records of before have none',
      (schema) => {
        schema.properties.note = { type: 'string' };
        schema.required.push('note');
      },
      `${type}.note must be there now`,
    ],
    [
      'a value that was written may not be any more',
      (schema) => schema.$defs.unit.properties.kind.enum.pop(),
      `${type}#unit.kind may not say neighbour any more`,
    ],
    [
      'a property is only one of the types that it was',
      (schema) => (schema.properties.station.type = 'null'),
      `${type}.station may not be string any more`,
    ],
    [
      'the items of a list are something else',
      (schema) => (schema.properties.helpers.items = { type: 'string' }),
      `${type}.helpers[] refers to something else`,
    ],
    [
      'what held to a pattern does no longer',
      (schema) => (schema.properties.requestId.pattern = '^[A-Z]'),
      `${type}.requestId has another pattern now`,
    ],
    [
      'a format comes',
      (schema) => (schema.properties.station.format = 'uuid'),
      `${type}.station has another format now`,
    ],
    [
      'it is one of several now',
      (schema) => (schema.$defs.unit.anyOf = [{ required: ['id'] }, { required: ['name'] }]),
      `${type}#unit has another anyOf now`,
    ],
    [
      'it is always the same now',
      (schema) => (schema.properties.station.const = 'YFXJ'),
      `${type}.station has another const now`,
    ],
  ])('are not released when %s', (_, change, breach) =>
    expect(breaches(present, changed(change))).toContain(breach),
  );

  it.each([
    ['goes down', { minimum: 0 }],
    ['goes up', { minimum: 2 }],
    ['goes', {}],
  ])('are not released when a limit %s', (_, limit) => {
    expect(breaches(number({ minimum: 1 }), number(limit))).toEqual(['number has another minimum now']);
  });

  it('are not released without one that was there', () => {
    const fewer = new Map(present);
    fewer.delete(type);
    expect(breaches(present, fewer)).toEqual([`${type} is gone`]);
  });

  it('may gain a property, a version and a type', () => {
    const more = changed((schema) => {
      schema.properties.note = { type: 'string' };
    });
    const next = new Map([...more, ['cn.yizhan.request.assigned.v2', { type: 'object' }]]);
    expect(breaches(present, next)).toEqual([]);
  });
});
