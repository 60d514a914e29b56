import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { sharedKafka } from '../kafka/shared-kafka.js';
import { spawnProcess } from '../processes/spawned.process.js';
import { endProcesses, temporaryHome } from '../processes/station.process.js';
import { describeWith } from '../servers/describe-with.fixture.js';

jest.setTimeout(600_000);

afterAll(endProcesses);

// Its brokers are its own: where the one that is asked for cannot be had, they cannot either.
await describeWith('Kafka', sharedKafka, 'the bench of the pipeline', () => {
  it.each([
    ['relay', /^\| relay ÷ kafkajs \| [\d.]+× \| ≥ 0\.5× \|/m],
    ['kafka-rebuild', /^\| logbook ÷ kafkajs \| [\d.]+× \| ≥ 0\.5× \|/m],
    ['visible', /^\| through Kafka, p50 \/ p99 \| [\d.]+ ms \/ [\d.]+ ms \| p99 ≤ 250 ms \|/m],
  ])('measures %s', async (section, figure) => {
    const out = join(await temporaryHome(), 'results.md');
    const args = ['--quick', '--out', out, section];
    const quick = spawnProcess({ entry: 'dist/test/bench/main.js', args });
    if ((await quick.exited) !== 0) throw new Error(quick.output());
    const written = await readFile(out, 'utf8');
    expect(written).toMatch(figure);
    expect(written).not.toContain('NaN');
  });
});
