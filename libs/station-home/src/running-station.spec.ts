import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announceStation, findRunningStation } from './running-station.js';

const url = 'http://127.0.0.1:3000';
const eventStoreUrl = 'esdb://127.0.0.1:2113?tls=false';
const here = { pid: process.pid, url, eventStoreUrl };

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('a station that runs', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'station-home-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('is found where it announced itself', async () => {
    await announceStation(home, here);
    expect(await findRunningStation(home)).toEqual(here);
  });

  it('is not found before it announced itself', async () =>
    expect(await findRunningStation(home)).toBeUndefined());

  it('is not found on a home that does not exist', async () =>
    expect(await findRunningStation(join(home, 'elsewhere'))).toBeUndefined());

  it('is not found any more once it took the announcement back', async () => {
    const takeBack = await announceStation(home, here);
    await takeBack();
    expect(await findRunningStation(home)).toBeUndefined();
    expect(await readdir(home)).toEqual([]);
  });

  it('may take the announcement back twice', async () => {
    const takeBack = await announceStation(home, here);
    await takeBack();
    await expect(takeBack()).resolves.toBeUndefined();
  });

  it('is not found after a crash, although its announcement stayed behind', async () => {
    await announceStation(home, { ...here, pid: deadPid() });
    expect(await findRunningStation(home)).toBeUndefined();
  });

  it('is found again when it starts anew after a crash', async () => {
    await announceStation(home, { ...here, pid: deadPid() });
    await announceStation(home, here);
    expect(await findRunningStation(home)).toEqual(here);
  });

  it('does not take back what another announced since', async () => {
    const takeBack = await announceStation(home, { ...here, pid: deadPid() });
    await announceStation(home, here);
    await takeBack();
    expect(await findRunningStation(home)).toEqual(here);
  });

  it.each([
    ['cut off', '{"pid":1'],
    ['empty', ''],
    ['no station', 'null'],
    ['without a process', '{"url":"http://127.0.0.1:3000"}'],
    ['of no process at all', '{"pid":0}'],
    ['of a group of processes', '{"pid":-1}'],
  ])('is not found in a file that is %s', async (_, text) => {
    await writeFile(join(home, 'station.json'), text);
    expect(await findRunningStation(home)).toBeUndefined();
  });

  it('is a trouble to be told where the file cannot be read', async () => {
    await rm(home, { recursive: true });
    await writeFile(home, 'a file where a folder is expected');
    await expect(findRunningStation(home)).rejects.toThrow('ENOTDIR');
  });

  it('says where it is to its own user alone, in a whole file that people can read', async () => {
    await announceStation(home, here);
    const file = join(home, 'station.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(here);
    expect(await readdir(home)).toEqual(['station.json']);
  });
});
