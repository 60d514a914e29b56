import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeGuard } from './guard.js';
import { type StartedKafka, startKafka } from './start-kafka.js';

/** A broker of one's own behind TLS and a login by PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; its settings name the `mechanism`. */
export async function startGuardedKafka(
  mechanism = 'PLAIN',
): Promise<StartedKafka | { unavailable: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-guard-'));
  const guard = await makeGuard(folder).catch((error: Error) => ({ unavailable: error.message }));
  if ('unavailable' in guard) return guard;
  const kafka = await startKafka({ guard });
  if ('unavailable' in kafka) return kafka;
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, guard.ca);
  const settings = {
    ...kafka.settings,
    KAFKA_SSL_CA: authority,
    KAFKA_SASL_USERNAME: guard.username,
    KAFKA_SASL_PASSWORD: guard.password,
    KAFKA_SASL_MECHANISM: mechanism,
  };
  const stop = async () => {
    await kafka.stop();
    await rm(folder, { recursive: true });
  };
  return { ...kafka, settings, stop };
}
