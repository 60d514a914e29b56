import { readFileSync, writeFileSync } from 'node:fs';
import type { AnySchemaObject } from 'ajv/dist/2020.js';
import { breaches } from './additive.js';
import { readSchemas, releasedFile } from './schemas.js';

// `npm run contracts:release`: from now on subscribers rely on the present schemas.
const present = readSchemas();
const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Record<string, AnySchemaObject>;
const broken = breaches(new Map(Object.entries(released)), present);
if (broken.length > 0) {
  process.stderr.write(`Not released; make a new version instead:\n${broken.join('\n')}\n`);
  process.exit(1);
}
writeFileSync(releasedFile, `${JSON.stringify(Object.fromEntries(present), null, 2)}\n`);
process.stdout.write(`${present.size} schemas released\n`);
