import { Client } from 'pg';

// Loaded with `--import` before relays of this test's own: the lease is given to everybody who asks for it, as when two believe that they
// hold it. The product knows nothing of it and has no switch.
const client = Client.prototype as { query: (...options: unknown[]) => unknown };
const { query } = client;
client.query = function ask(...options) {
  const [text] = options;
  if (typeof text === 'string' && text.includes('yizhan relay'))
    options[0] = text.replace('pg_try_advisory_lock(', 'pg_try_advisory_lock_shared(');
  return query.apply(this, options);
};
