import { Client } from 'pg';

// Loaded with `--import` before a station of this test's own. From SIGUSR2 on it kills the process once something was claimed: before
// anything is appended, or when it has been and the claim is about to be let go. The product knows nothing of it and has no switch.
const point = process.env['KILL_POINT'] as 'after the claim' | 'after the append' | undefined;
let armed = false;
process.on('SIGUSR2', () => (armed = true));

const dies = (): void => {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal is there
};

const claiming = new WeakSet<object>();
const client = Client.prototype as { query: (...options: unknown[]) => unknown };
const { query } = client;
client.query = function ask(...options) {
  const [text] = options;
  if (text === 'commit' && claiming.delete(this) && armed && point === 'after the append') dies();
  const answer = query.apply(this, options);
  if (typeof text !== 'string' || !text.includes('for update skip locked')) return answer;
  return (answer as Promise<{ rows: unknown[] }>).then((found) => {
    if (found.rows.length > 0) claiming.add(this);
    if (found.rows.length > 0 && armed && point === 'after the claim') dies();
    return found;
  });
};
