import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { pino } from 'pino';
import { kafkaClient } from './client.js';
import { clusterOf } from './cluster.js';

const { version } = createRequire(import.meta.url)('kafkajs/package.json') as { version: string };

// The patch and the rules of this folder answer to the defects of one version: look at each of them before changing this.
it('is the version that was patched', () => expect(version).toBe('2.2.4'));

it('reads and writes zstd', async () => {
  kafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'spec', log: pino({ level: 'silent' }) });
  const codec = CompressionCodecs[CompressionTypes.ZSTD]() as {
    compress: (encoder: { buffer: Buffer }) => Promise<Buffer>;
    decompress: (buffer: Buffer) => Promise<Buffer>;
  };
  const text = Buffer.from('5号楼前路面结冰'.repeat(100));
  expect(await codec.decompress(zstdCompressSync(text))).toEqual(text);
  const packed = await codec.compress({ buffer: text });
  expect(packed.length).toBeLessThan(text.length);
  expect(await codec.decompress(packed)).toEqual(text);
});

it('has the inside that is reached into', () => {
  const cluster = clusterOf(
    kafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'spec', log: pino({ level: 'silent' }) }),
  );
  const members = [cluster.connect, cluster.disconnect, cluster.addTargetTopic, cluster.refreshMetadata];
  for (const member of [...members, cluster.findLeaderForPartitions, cluster.findBroker])
    expect(member).toEqual(expect.any(Function));
});
