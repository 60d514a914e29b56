import {
  EventStoreDBClient,
  jsonEvent,
  WrongExpectedVersionError,
  type AppendToStreamOptions,
} from '@eventstore/db-client';
import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { scripts, type Manner, type StreamScript } from './script.js';

// Appends what the script says through the official client, as fast as it goes, until the node is gone; then waits to be
// told where the next one is and sends again what was not acknowledged. It says `writing` and `over`. The moment the client hears of it, there stands
// `A stream batch revision position` in the file of news, or `R message` for an append that was refused.
const PATIENCE_MS = 10_000;
const OPTIONS: Record<Manner, AppendToStreamOptions> = {
  batch: {},
  unary: { credentials: { username: 'admin', password: 'changeit' } }, // the client gives such appends calls of their own
  parts: { batchAppendSize: 500 }, // bytes in one message
  any: { expectedRevision: 'any' },
};
const [run, streams, file] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]!];
const news = openSync(file, 'a');
const plan = [...scripts(run, streams).values()];
const acknowledged = new Map(plan.map((script) => [script, new Set<number>()]));

async function life(url: string): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const lost = new AbortController();
  const lose = (error: Error): void => {
    if (error instanceof WrongExpectedVersionError) writeSync(news, `R ${error.message}\n`);
    lost.abort();
  };
  // The client keeps the order of appends once its long call is open, not while it opens it.
  const [opening] = plan;
  await send(client, opening!, nextOf(opening!)).catch(lose);
  process.stdout.write('writing\n');
  const write = async (script: StreamScript): Promise<void> => {
    const window = script.manner === 'batch' ? 2 : 1; // only these keep their order while several are in flight
    const inFlight: Promise<void>[] = [];
    for (let batch = nextOf(script); !lost.signal.aborted;) {
      while (inFlight.length < window) inFlight.push(send(client, script, batch++).catch(lose));
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
  const options = { expectedRevision, ...OPTIONS[script.manner] } as const;
  const answer = client.appendToStream(script.stream, events, options);
  const { nextExpectedRevision, position } = await within(PATIENCE_MS, answer);
  writeSync(news, `A ${script.stream} ${index} ${nextExpectedRevision} ${position?.commit}\n`);
  acknowledged.get(script)!.add(index);
}

function nextOf(script: StreamScript): number {
  const done = acknowledged.get(script)!;
  let next = 0;
  while (done.has(next)) next++;
  return next;
}

// The client never settles an append that it begins while its call is breaking.
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer at all')), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

process.on('unhandledRejection', () => undefined); // the client's own, of calls that broke
for await (const url of createInterface({ input: process.stdin })) {
  void life(url).then(() => process.stdout.write('over\n'));
}
process.exit();
