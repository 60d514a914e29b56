import { pino } from 'pino';

// Counts what an idle consumer asks of the timers: through our bus, or through kafkajs as it comes.
let timers = 0;
const warnings = new Set<string>();
const { setTimeout: original } = globalThis;
globalThis.setTimeout = Object.assign((...[work, ms, ...rest]: Parameters<typeof original>) => {
  timers += 1;
  return original(work, ms, ...rest);
}, original);
process.on('warning', ({ name }) => warnings.add(name));

const [how, broker = '', topic = ''] = process.argv.slice(2);
const group = `idle.${how}.${process.pid}`;
const pause = (ms: number) => new Promise((resolve) => original(resolve, ms));

async function throughTheBus(): Promise<void> {
  const { EventBus } = await import('#event-bus');
  const bus = new EventBus({ brokers: [broker], clientId: 'idle', log: pino({ level: 'silent' }) });
  await bus.openPublisher(topic);
  await bus.consume({ topic, group, startOffsets: async () => new Map(), handle: async () => {} });
}

async function asItComes(): Promise<void> {
  const { default: kafkajs } = await import('kafkajs');
  const consumer = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING }).consumer({
    groupId: group,
    maxWaitTimeInMs: 250,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic] });
  await consumer.run({ eachBatch: async () => {} });
}

await (how === 'bus' ? throughTheBus() : asItComes());
await pause(2_000); // joined and settled
timers = 0;
await pause(3_000);
console.log(JSON.stringify({ perSecond: timers / 3, warnings: [...warnings] }));
process.exit();
