import { chmod, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { spawnProcess } from '../processes/spawned.process.js';
import { endProcesses, temporaryHome } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';

jest.setTimeout(240_000);

const run = (folder: string, ...args: string[]) =>
  spawnProcess({
    entry: 'dist/test/reliability/main.js',
    args: [...args, '--out', join(folder, 'RELIABILITY.md')],
    env: { TMPDIR: folder },
  });

/** Processes that were started with this folder for what is temporary; of another user nobody can say. */
async function startedWith(folder: string): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = processes.map(async (pid) => {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    return environment.split('\0').includes(`TMPDIR=${folder}`) ? [pid] : [];
  });
  return (await Promise.all(environments)).flat();
}

afterAll(endProcesses);

// The broker that is asked for is not used: where there is none, there is no run either.
await describeWith('Kafka', sharedKafka, 'a run of the faults that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends with 130, and leaves neither processes nor folders',
    async (signal) => {
      const folder = await temporaryHome();
      await chmod(folder, 0o755); // PostgreSQL may run as another user
      const broken = run(folder, 'pipeline', 'postgres-restarts', '--points', '1000');
      while ((await startedWith(folder)).length < 6) await sleep(100);
      broken.signal(signal);
      expect(await broken.exited).toBe(130);
      const left = async () => [...(await startedWith(folder)), ...(await readdir(folder))];
      for (let tries = 0; tries < 100 && (await left()).length > 0; tries += 1) await sleep(100);
      expect(await left()).toEqual([]);
    },
  );
});

it('is of the one test that is named, though the script names all of the pipeline', async () => {
  const folder = await temporaryHome();
  const one = run(folder, 'pipeline', 'kills', '--points', '1');
  expect(await one.exited).toBe(0);
  expect(one.output()).toContain('1 of 1: SIGKILL under load');
});
