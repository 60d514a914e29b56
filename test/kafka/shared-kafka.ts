import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from './start-kafka.js';

export type SharedKafka = { addresses: string[] };

/**
 * The broker that the specs of a run share, each with topics and groups of its own: the one `KAFKA_TEST_BROKERS` names, else
 * one that the first spec that asks starts and the end of the run ends. Runs without such a spec start none.
 */
export async function sharedKafka(): Promise<SharedKafka | { unavailable: string }> {
  const given = process.env['KAFKA_TEST_BROKERS'];
  if (given) return { addresses: given.split(',') };
  // Specs run in module registries, and perhaps in workers, of their own: they find each other through this folder.
  const run = Number(process.env['YIZHAN_TEST_RUN'] ?? process.pid);
  const folder = join(tmpdir(), `yizhan-test-run-${run}`);
  const answer = join(folder, 'kafka.json');
  const first = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (first) {
    const started = await startKafka({ watched: run }).catch((error: Error) => ({
      unavailable: error.message,
    }));
    const found = 'unavailable' in started ? started : { addresses: started.addresses };
    await writeFile(`${answer}.new`, JSON.stringify(found));
    await rename(`${answer}.new`, answer);
  }
  for (;;) {
    const text = await readFile(answer, 'utf8').catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as SharedKafka | { unavailable: string };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
