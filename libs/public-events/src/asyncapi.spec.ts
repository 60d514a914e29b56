import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormatsOf from 'ajv-formats';
import { asyncApi } from './asyncapi.js';
import { readSchemas } from './schemas.js';

type Loose = any; // oxlint-disable-line typescript/no-explicit-any

const document = asyncApi(readSchemas(), {
  topic: 'yizhan.events.v1',
  partitions: 6,
  base: 'https://yizhan.example',
}) as Loose;

// The specification's own schema of such documents.
function check(): (document: unknown) => string[] {
  const { schemas } = createRequire(import.meta.url)('@asyncapi/specs') as {
    schemas: Record<string, object>;
  };
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
  (addFormatsOf as unknown as (ajv: Ajv) => void)(ajv);
  const validate = ajv.compile(schemas['3.1.0'] ?? {});
  return (tried) =>
    validate(tried) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('the AsyncAPI document', () => {
  const errors = check();

  it('is one, by the specification’s own schema', () => expect(errors(document)).toEqual([]));

  it('would not be one without its channels’ address or with an unknown action', () => {
    const broken = structuredClone(document);
    broken.operations.publishEvents.action = 'shout';
    expect(errors(broken)).not.toEqual([]);
  });

  it('has a message for every schema, with its payload and where to find it', () => {
    const messages = Object.values(document.components.messages) as Loose[];
    expect(messages.map(({ name }) => name)).toEqual([...readSchemas().keys()]);
    expect(document.components.messages['request-assigned-v1'].payload.schema).toMatchObject({
      $id: 'https://yizhan.example/schemas/request.assigned.v1.json',
      required: ['requestId', 'station', 'to', 'helpers'],
    });
  });

  it('tells readers to drop by id what comes twice, for positions go back where something was carried again', () => {
    expect(document.info.description).toContain(
      'drop an event whose ce_id you have seen. Position alone does not',
    );
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/((?:channels|components)[^"]+)"/g);
    for (const [, place = ''] of references) {
      const found = place.split('/').reduce((part, name) => part?.[name], document);
      expect([place, found]).not.toEqual([place, undefined]);
    }
  });
});
