import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFor } from './secret.js';
import { openSigningKey } from './signing-key.js';

const secret = async (home = '', purpose = 'cursors') =>
  (await secretFor(purpose, await openSigningKey(home))).toString('hex');

describe('a secret made of the signing key', () => {
  let homes: string[];

  beforeAll(async () => {
    homes = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'secret-'))));
  });
  afterAll(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

  it('is the same after a restart', async () => {
    expect(await secret(homes[0])).toMatch(/^[\da-f]{64}$/);
    expect(await secret(homes[0])).toBe(await secret(homes[0]));
  });

  it('is another for another purpose and in another home', async () =>
    expect(
      new Set([await secret(homes[0]), await secret(homes[0], 'else'), await secret(homes[1])]).size,
    ).toBe(3));
});
