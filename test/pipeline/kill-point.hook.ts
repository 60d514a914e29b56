import kafkajs, { type Producer, type ProducerRecord } from 'kafkajs';
import { Client } from 'pg';
import type { KillPoint } from './kill-points.js';

// Loaded with `--import` before a relay of this test's own. From SIGUSR2 on it kills the process at the point that KILL_POINT names.
// The product knows nothing of it and has no switch.
const point = process.env['KILL_POINT'] as KillPoint | undefined;
let armed = false;
process.on('SIGUSR2', () => (armed = true));

const dies = (at: KillPoint): void => {
  if (!armed || point !== at) return;
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal is there
};

const { prototype } = kafkajs.Kafka;
const { producer: create } = prototype;
prototype.producer = function producer(...options) {
  const made: Producer = create.apply(this, options);
  let waiting = 0;
  let turn = Promise.resolve();
  // One send after the other: between two of them lies the point between two partitions.
  const send = async (record: ProducerRecord) => {
    waiting += 1;
    const before = turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    await before;
    waiting -= 1;
    try {
      dies('before a send');
      const answer = await made.send(record);
      dies('before its acknowledgement');
      if (waiting > 0) dies('between two partitions');
      return answer;
    } finally {
      resolve();
    }
  };
  return { ...made, send };
};

const client = Client.prototype as { query: (...options: unknown[]) => unknown };
const { query } = client;
client.query = function ask(...options) {
  const [asked] = options;
  const text = typeof asked === 'string' ? asked : String((asked as { text?: string })?.text);
  if (text.includes('insert into relay_checkpoint')) dies('before a checkpoint');
  return query.apply(this, options);
};
