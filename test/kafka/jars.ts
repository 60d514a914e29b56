import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../processes/spawned.process.js';

const run = promisify(execFile);
const pom = join(root, 'test/kafka/pom.xml');
const list = 'complete.json';

/**
 * The folder of Kafka's jars, fetched by Maven at the first call on a machine (54 MB) and found again by later runs.
 * Rejects with what Maven said.
 */
export async function kafkaJars(): Promise<string> {
  const version = /<kafka.version>(.+)<\/kafka.version>/.exec(await readFile(pom, 'utf8'))?.[1];
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'yizhan');
  const folder = join(cache, `kafka-${version}`);
  if (await isComplete(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fetched = await mkdtemp(join(cache, '.fetching-'));
  try {
    await fetchInto(fetched);
    await rm(folder, { recursive: true, force: true }); // what is there is not whole
    await rename(fetched, folder).catch(async (error: unknown) => {
      if (!(await isComplete(folder))) throw error; // another run was faster
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return folder;
}

/** Whether every file that was fetched is still there in its length. */
export async function isComplete(folder: string): Promise<boolean> {
  try {
    const sizes = JSON.parse(await readFile(join(folder, list), 'utf8')) as Record<string, number>;
    const found = await Promise.all(
      Object.entries(sizes).map(async ([name, size]) => (await stat(join(folder, name))).size === size),
    );
    return found.length > 0 && found.every(Boolean);
  } catch {
    return false;
  }
}

async function fetchInto(folder: string): Promise<void> {
  // Maven writes beside its POM: into a copy.
  await cp(pom, join(folder, 'pom.xml'));
  const goal = ['dependency:copy-dependencies', '-DoutputDirectory=.', '-DincludeScope=runtime'];
  await run('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...goal], { cwd: folder }).catch(
    (error: Error & { stdout?: string }) => {
      throw new Error(`Maven did not fetch Kafka: ${error.stdout?.slice(0, 2_000) || error.message}`);
    },
  );
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  const sizes = await Promise.all(
    names.map(async (name) => [name, (await stat(join(folder, name))).size] as const),
  );
  await writeFile(join(folder, list), JSON.stringify(Object.fromEntries(sizes)));
}
