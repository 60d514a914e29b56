import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSigningKey } from './signing-key.js';

describe('the signing key', () => {
  let home: string;
  const file = (): string => join(home, 'access', 'signing-key.json');

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'signing-key-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('is made once, for its owner alone, and found again', async () => {
    const first = await openSigningKey(home);
    const text = await readFile(file(), 'utf8');
    expect((await openSigningKey(home)).kid).toBe(first.kid);
    expect(await readFile(file(), 'utf8')).toBe(text);
    expect(JSON.parse(text)).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: first.kid });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'access'))).mode & 0o777).toBe(0o700);
  });

  it('is the same for all who start at once, and leaves nothing else behind', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openSigningKey(home)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(await readdir(join(home, 'access'))).toEqual(['signing-key.json']);
  });

  it('is the same for processes that start at once', async () => {
    const source = new URL('./signing-key.ts', import.meta.url).href;
    const script = `const { openSigningKey } = await import('${source}');
      console.log((await openSigningKey(${JSON.stringify(home)})).kid);`;
    const starts = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', script]),
    );
    const kids = (await Promise.all(starts)).map(({ stdout }) => stdout.trim());
    expect(new Set(kids)).toEqual(new Set([(await openSigningKey(home)).kid]));
  });

  it.each(['', '{', '{}', '{"kty":"RSA"}', '{"kty":"OKP","crv":"Ed25519","x":"a"}'])(
    'refuses a file that holds %j, and keeps it',
    async (text) => {
      await openSigningKey(home);
      await writeFile(file(), text);
      await expect(openSigningKey(home)).rejects.toThrow(`${file()} holds no Ed25519 signing key`);
      expect(await readFile(file(), 'utf8')).toBe(text);
    },
  );

  it('cannot be made where nothing can be written', async () => {
    await writeFile(join(home, 'access'), 'in the way');
    await expect(openSigningKey(home)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
