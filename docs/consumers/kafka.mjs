// Follows Yizhan's topic into a file, one JSON line each. Kill it at any moment and start it again: nothing is lost or doubled.
// KAFKA_BROKERS=127.0.0.1:9094 KAFKA_SASL_USERNAME=analyst KAFKA_SASL_PASSWORD=… node kafka.mjs events.ndjson
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { Kafka } from 'kafkajs';

const [file = 'events.ndjson', topic = 'yizhan.events.v1', groupId = 'analysis-1'] = process.argv.slice(2);

// What was written is the truth; the offset that is committed afterwards is a hint, and what comes twice is dropped by its id.
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
const whole = text.slice(0, text.lastIndexOf('\n') + 1);
if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
const seen = new Set(
  whole
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id),
);

// CloudEvents 1.0, binary mode: the attributes are headers, the value is the data.
function eventOf({ headers, value }) {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce_'));
  return {
    ...Object.fromEntries(attributes.map(([name, text]) => [name.slice(3), String(text)])),
    data: JSON.parse(value),
  };
}

const {
  KAFKA_BROKERS = '127.0.0.1:9094',
  KAFKA_SASL_USERNAME: username,
  KAFKA_SASL_PASSWORD: password,
} = process.env;
const login = username && { sasl: { mechanism: 'plain', username, password } };
const kafka = new Kafka({ brokers: KAFKA_BROKERS.split(','), ...login });
const consumer = kafka.consumer({ groupId, sessionTimeout: 10_000 });
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const event = eventOf(message);
    if (seen.has(event.id)) return;
    appendFileSync(file, `${JSON.stringify(event)}\n`);
    seen.add(event.id);
  },
});
