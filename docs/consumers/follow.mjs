// Follows Yizhan's events into a file, one JSON line each. Kill it at any moment and start it again: nothing is lost or doubled.
// TOKEN=… node follow.mjs http://127.0.0.1:3000/v1/events events.ndjson
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

const [address = 'http://127.0.0.1:3000/v1/events', file = 'events.ndjson'] = process.argv.slice(2);

// An event and the cursor behind it are one line, so they are written together or not at all; half a line is taken back.
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
const whole = text.slice(0, text.lastIndexOf('\n') + 1);
if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
const lines = whole
  .split('\n')
  .slice(0, -1)
  .map((line) => JSON.parse(line));
const seen = new Set(lines.map(({ event }) => event.id));
let cursor = lines.at(-1)?.cursor;

function take(message) {
  const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
  cursor = field('id') ?? cursor;
  const event = JSON.parse(field('data') ?? 'null');
  if (!event || seen.has(event.id)) return;
  appendFileSync(file, `${JSON.stringify({ cursor, event })}\n`);
  seen.add(event.id);
}

for (; ; await new Promise((resolve) => setTimeout(resolve, 1000))) {
  try {
    const headers = { authorization: `Bearer ${process.env.TOKEN}`, 'last-event-id': cursor ?? '' };
    const answer = await fetch(`${address}${cursor ? '' : '?from=beginning'}`, { headers });
    if (!answer.ok) throw new Error(await answer.text());
    let rest = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + chunk).split('\n\n');
      rest = messages.pop();
      messages.forEach(take);
    }
  } catch (error) {
    console.error(error.message); // e.g. a token that has expired; it tries again
  }
}
