import { Validator } from '@seriousme/openapi-schema-validator';
import { type Answered } from '../http/client.js';
import { openTown, property, type Town } from '../http/town.js';

type Operation = {
  summary?: string;
  security?: unknown;
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } };
  responses: Record<string, { description?: string; content?: Record<string, { examples?: object }> }>;
};
type Schema = { properties?: Record<string, Property>; required?: string[] };
type Property = {
  example?: unknown;
  type?: string;
  $ref?: string;
  allOf?: { $ref: string }[];
  items?: { $ref?: string };
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

let town: Town;
let document: Document;
let operations: { route: string; operation: Operation }[];
beforeAll(async () => {
  town = await openTown();
  document = (await town.get('/openapi.json')).body as unknown as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
}, 240_000);
afterAll(() => town.leave());

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3 document', async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as Record<string, unknown>,
    );
    expect([valid, errors]).toEqual([true, undefined]);
    expect(document.openapi).toMatch(/^3\./);
  });

  it('says of every route what it does, what it answers and what can go wrong, with examples', () => {
    const guarded = operations.filter(({ operation }) => operation.security !== undefined);
    expect(guarded.length).toBeGreaterThan(20);
    for (const { route, operation } of operations)
      expect([route, hasSummary(operation) || isOperational(route)]).toEqual([route, true]);
    for (const { route, operation } of guarded) {
      expect([route, Object.keys(operation.responses)]).toEqual([
        route,
        expect.arrayContaining(['401', '403', '500', '503']),
      ]);
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        const examples = content?.['application/problem+json']?.examples ?? {};
        expect([route, status, Object.keys(examples).length > 0]).toEqual([route, status, true]);
      }
    }
    for (const { route, operation } of guarded.filter(({ route }) => isCommand.test(route))) {
      expect([route, Object.keys(operation.responses)]).toEqual([
        route,
        expect.arrayContaining(['400', '409', '413', '415', '422']),
      ]);
    }
  });

  it('gives every field of every body an example', () => {
    for (const { route, operation } of operations.filter(({ operation }) => operation.requestBody)) {
      for (const [name, property] of fieldsOf(operation)) {
        const part = reference(property);
        expect([route, name, property.example !== undefined || part !== undefined]).toEqual([
          route,
          name,
          true,
        ]);
      }
    }
  });

  it('has examples that the station takes as they stand', async () => {
    const commands = operations.filter(
      ({ route, operation }) => isCommand.test(route) && operation.requestBody,
    );
    for (const { route, operation } of commands) {
      const [, path = ''] = route.split(' ');
      const answer = await tried(path, exampleOf(operation));
      expect([route, answer.status < 300 || answer.text]).toEqual([route, true]);
    }
  }, 120_000);
});

// What a request has been through before its route is asked.
const before: Record<string, 'assigned' | 'accepted' | 'resolved'> = {
  acceptance: 'assigned',
  return: 'assigned',
  progress: 'accepted',
  contact: 'accepted',
  resolution: 'accepted',
  pause: 'accepted',
  resumption: 'accepted',
  closing: 'resolved',
  reopening: 'resolved',
};

async function tried(path: string, body: object): Promise<Answered> {
  if (path.startsWith('/v1/stations')) {
    const spare = { code: 'DOCS', name: '样例', community: '样例', street: '样例', district: '样例' };
    await town.post('/v1/stations', spare, { as: town.tokens.admin });
    return town.post(path.replace('{code}', 'DOCS'), body, { as: town.tokens.admin });
  }
  if (/districts|calendars/.test(path)) {
    return town.post(path.replace('{code}', 'default'), body, { as: town.tokens.admin });
  }
  const route = path.split('/').at(-1) ?? '';
  if (route === 'requests') return town.post(path, body, { as: town.tokens.volunteer });
  const pair = besideAnother[route];
  if (pair) return pair(await town.logged(), await town.logged(), body);
  const id = await town.inState(before[route] ?? 'logged');
  const as = route === 'exclusion' ? town.tokens.supervisor : town.tokens.coordinator;
  return town.say(id, route, body, { as });
}

// The number that such an example gives has to be that of a request there is.
const merge = (other: string, into: string) => town.say(other, 'merging', { into, reason: '同一处' });
const besideAnother: Record<string, (id: string, other: string, body: object) => Promise<Answered>> = {
  merging: (id, into, body) => town.say(id, 'merging', { ...body, into }),
  unmerging: async (id, into, body) => {
    await merge(id, into);
    return town.say(id, 'unmerging', body);
  },
  callback: async (id, caller, body) => {
    await merge(caller, id);
    await town.say(id, 'assignment', { to: property });
    await town.say(id, 'resolution', { outcome: '物业已清理' });
    return town.say(id, 'callback', { ...body, caller });
  },
};

const isCommand = /^POST \/v1\/(requests|stations|districts|calendars)/;
const isOperational = (route: string): boolean => /^GET \/(health|metrics)/.test(route);
const hasSummary = ({ summary }: Operation): boolean => (summary ?? '').length > 3;
const schemaAt = (path: string): Schema => document.components.schemas[path.split('/').at(-1) ?? ''] ?? {};
const reference = ({ $ref, allOf, items }: Property): string | undefined =>
  $ref ?? allOf?.[0]?.$ref ?? items?.$ref;

function fieldsOf({ requestBody }: Operation): [string, Property][] {
  const { schema } = requestBody?.content['application/json'] ?? {};
  return Object.entries(schema ? (schemaAt(schema.$ref).properties ?? {}) : {});
}

/** The body that the page proposes: every field with its example, parts likewise. */
function exampleOf(operation: Operation): object {
  const of = (fields: [string, Property][]): object =>
    Object.fromEntries(fields.map(([name, field]) => [name, value(field)]));
  const value = (field: Property): unknown => {
    const part = reference(field);
    if (part === undefined) return field.example;
    const example = of(Object.entries(schemaAt(part).properties ?? {}));
    return field.type === 'array' ? [example] : example;
  };
  return of(fieldsOf(operation));
}
