import { readFileSync } from 'node:fs';
import { withRequestTable } from './request.table.js';

it('stands in the README as the decider has it (else: npm run docs)', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(withRequestTable(readme)).toBe(readme);
});

it('is missed where a text has no place for it', () => {
  expect(() => withRequestTable('# Yizhan')).toThrow('markers');
});
