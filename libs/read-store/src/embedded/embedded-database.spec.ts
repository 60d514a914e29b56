import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.js';

describe('the embedded database on disk', () => {
  let directory: string;
  const said: string[] = [];

  const withDatabase = async <Result>(work: (client: Client) => Promise<Result>): Promise<Result> => {
    const database = await startEmbeddedPostgres(directory, (line) => said.push(line));
    const client = new Client({ connectionString: database.connectionString });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
      await database.close();
    }
  };
  const kept = () =>
    withDatabase(
      async (client) => (await client.query(`select to_regclass('kept') is not null as kept`)).rows[0].kept,
    );

  let template: string;

  beforeAll(async () => {
    template = await mkdtemp(join(tmpdir(), 'yizhan-spec-'));
    directory = template;
    await withDatabase((client) => client.query('create table kept (x integer); checkpoint'));
  }, 60_000);
  afterAll(() => rm(template, { recursive: true, force: true }));
  beforeEach(async () => {
    said.length = 0;
    directory = await mkdtemp(join(tmpdir(), 'yizhan-spec-'));
    await cp(template, directory, { recursive: true });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is there again after it was closed', async () => {
    expect(await kept()).toBe(true);
    expect(said).toEqual([]);
  });

  it('is begun anew when its files cannot be read', async () => {
    const database = join(directory, 'database');
    await writeFile(join(database, 'global', 'pg_control'), Buffer.alloc(8192, 7));
    expect(await kept()).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^read models are thrown away .* cannot be opened/)]);
    expect(await kept()).toBe(false);
    expect(said).toHaveLength(1);
  }, 60_000);

  it('is begun anew when the catalogue has a hole', async () => {
    const database = join(directory, 'database', 'base');
    for (const folder of await readdir(database)) {
      await writeFile(join(database, folder, '1249'), Buffer.alloc(0)).catch(() => {});
    }
    expect(await kept()).toBe(false);
    expect(said).toHaveLength(1);
  }, 60_000);

  it('is begun anew when the machine stopped while it was open', async () => {
    await leaves({ boot: 'another' });
    expect(await kept()).toBe(false);
    expect(said).toEqual([expect.stringMatching(/the machine stopped/)]);
  }, 60_000);

  it('is begun anew when its beginning was broken off', async () => {
    await leaves({ whole: false }); // what a process killed in its first second leaves
    expect(await kept()).toBe(false);
    expect(said).toEqual([expect.stringMatching(/broken off before/)]);
    expect(await kept()).toBe(false);
    expect(said).toHaveLength(1);
  }, 60_000);

  it('is whole as soon as it is open: a kill then loses nothing', async () => {
    const database = await startEmbeddedPostgres(directory, (line) => said.push(line));
    const marker = await readFile(join(directory, 'open'), 'utf8');
    await database.close();
    await leaves({ whole: (JSON.parse(marker) as { whole: boolean }).whole });
    expect(await kept()).toBe(true);
    expect(said).toEqual([]);
  }, 60_000);

  it('is not shared with a process that has it open', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    try {
      const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8');
      const started = stat.split(' ')[21];
      await leaves({ pid: other.pid, started });
      await expect(kept()).rejects.toThrow(`in use by process ${other.pid}: stop it first`);
      await leaves({ pid: other.pid, started: '1' }); // one that had its number before it
      expect(await kept()).toBe(true);
    } finally {
      other.kill();
    }
    expect(said).toEqual([]);
  }, 60_000);

  /** As a process that is no more left it. */
  async function leaves(opening: object): Promise<void> {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const marker = {
      boot,
      pid: process.pid,
      whole: true,
      ...opening,
      ...('pid' in opening ? {} : { started: '1' }),
    };
    await writeFile(join(directory, 'open'), JSON.stringify(marker));
  }
});
