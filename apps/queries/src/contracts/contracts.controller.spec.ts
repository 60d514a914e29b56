import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormatsOf from 'ajv-formats';
import { publications, typeOf } from '#public-events';
import { type QueriesApplication, startQueries } from '../spec/queries.application.js';

const base = 'https://yizhan.example'; // PUBLIC_URL of the application

describe('what subscribers may rely on', () => {
  let app: QueriesApplication;

  beforeAll(async () => {
    app = await startQueries();
  }, 60_000);
  afterAll(() => app.close());

  it('is an AsyncAPI document, by the specification’s own schema', async () => {
    const document = (await (await fetch(`${app.url}/asyncapi.json`)).json()) as object;
    const { schemas } = createRequire(import.meta.url)('@asyncapi/specs') as {
      schemas: Record<string, object>;
    };
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
    (addFormatsOf as unknown as (ajv: Ajv) => void)(ajv);
    const validate = ajv.compile(schemas['3.1.0'] ?? {});
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(document).toMatchObject({ channels: { events: { address: 'yizhan.events.v1' } } });
    expect(validate({ ...document, channels: 7 })).toBe(false);
  });

  it.each([...new Set(Object.values(publications).map(typeOf))])('has a schema for %s', async (type) => {
    const path = `/schemas/${type.replace('cn.yizhan.', '')}.json`;
    const answer = await fetch(app.url + path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/schema+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ title: type, $id: base + path });
  });

  it.each(['request.assigned.v2.json', 'request.assigned.v1', '__proto__', '..%2Freleased.json', '%00'])(
    'has no other: %s',
    async (file) => {
      const answer = await fetch(`${app.url}/schemas/${file}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: 'urn:yizhan:problem:not-found-route' });
    },
  );
});
