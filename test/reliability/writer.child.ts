import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { scripts, type StreamScript } from './script.js';
import type { WriterOrder } from './writer-process.js';

// Appends what the script says through the official client, as fast as it goes, until the node is gone; then waits to be
// told where the next one is and sends again what was not acknowledged. `A stream batch revision position` goes into the file of
// acknowledgements the moment the client hears of it.
const WINDOW = 2; // appends in flight to one stream
const PATIENCE_MS = 10_000;
const [run, streams, file] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]!];
const log = openSync(file, 'a');
const plan = [...scripts(run, streams).values()];
const acknowledged = new Map(plan.map((script) => [script, new Set<number>()]));

async function life(url: string, rest: AbortSignal): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const lost = new AbortController();
  const over = AbortSignal.any([lost.signal, rest]);
  const lose = (error: Error): void => {
    if (!lost.signal.aborted) writeSync(log, `E ${error.name} ${error.message}\n`);
    lost.abort();
  };
  // The client keeps the order of appends once its call is open, not while it opens it.
  const [opening] = plan;
  await send(client, opening!, nextOf(opening!)).catch(lose);
  const write = async (script: StreamScript): Promise<void> => {
    const inFlight: Promise<void>[] = [];
    for (let batch = nextOf(script); !over.aborted;) {
      while (inFlight.length < WINDOW) inFlight.push(send(client, script, batch++).catch(lose));
      await inFlight.shift();
    }
    await Promise.all(inFlight);
  };
  await Promise.all(plan.map(write));
  await client.dispose();
}

async function send(client: EventStoreDBClient, script: StreamScript, index: number): Promise<void> {
  const batch = script.batch(index);
  const events = script.events(batch).map((event) => jsonEvent(event));
  const expectedRevision = batch.first === 0 ? 'no_stream' : BigInt(batch.first - 1);
  const answer = client.appendToStream(script.stream, events, { expectedRevision });
  const { nextExpectedRevision, position } = await within(PATIENCE_MS, answer);
  writeSync(log, `A ${script.stream} ${index} ${nextExpectedRevision} ${position?.commit}\n`);
  acknowledged.get(script)!.add(index);
}

function nextOf(script: StreamScript): number {
  const done = acknowledged.get(script)!;
  let next = 0;
  while (done.has(next)) next++;
  return next;
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer at all')), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

process.on('unhandledRejection', (error: Error) => void writeSync(log, `E unhandled ${error.message}\n`));
let rest = new AbortController();
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as WriterOrder;
  if (order.kind === 'rest') rest.abort();
  else {
    rest = new AbortController();
    void life(order.url, rest.signal).then(() => process.stdout.write('over\n'));
  }
}
process.exit();
