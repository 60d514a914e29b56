import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { cluster, composed, district, parsed } from './compose.js';

// The linter dclint brings the specification's schema along.
function checkAgainstSpecification(): (file: string) => string[] {
  const linter = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(readFileSync(join(linter, 'schemas/compose.schema.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false, validateSchema: false }).compile({
    ...schema,
    $schema: undefined,
  });
  return (file) =>
    validate(parsed(file))
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe.each([
  ['compose.yaml', district],
  ['compose.cluster.yaml', cluster],
])('%s', (_, file) => {
  const errors = checkAgainstSpecification();

  it('is a Compose file, by the specification’s schema', () => expect(errors(file)).toEqual([]));

  it.each([
    ['restart:', 'restrat:'],
    ['condition: service_', 'condition: servise_'],
    ['retries: 24', 'retires: 24'],
    ['volumes: [', 'volumes: [7, '],
  ])('would not be one with %s written as %s', (right, wrong) => {
    expect(file).toContain(right);
    expect(errors(file.replace(right, wrong))).not.toEqual([]);
  });
});

it('the cluster cannot be started without a password for its administrator', () => {
  expect(() => composed([district, cluster])).toThrow(/EVENTSTORE_PASSWORD is not set/);
  expect(() => composed([district])).not.toThrow();
});
