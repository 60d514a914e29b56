import { clientOf } from '../http/client.js';
import { type Town, townAt } from '../http/town.js';
import type { Servers } from './pipeline.process.js';

/** A town that writes at one process and reads at another, behind Kafka: a read with a token waits for all that was stored before. */
export async function townBehindKafka(servers: Servers): Promise<Town> {
  const [commands, queries] = await Promise.all([
    servers.start('commands'),
    servers.start('queries'),
    servers.start('relay'),
  ]);
  const town = await townAt(commands, servers.eventStoreUrl);
  const reader = clientOf(queries.url);
  const get: Town['get'] = async (path, asking = {}) => {
    const { 'consistency-token': token, ...headers } = asking.headers ?? {};
    const read = (more = {}) => reader.get(path, { ...asking, headers: { ...headers, ...more } });
    if (token === undefined) return read();
    // A token waits for the partition of one stream: every one of them is waited for.
    const newest = await town.events.newest();
    for (const one of newest.slice(1)) await read({ 'consistency-token': one });
    return read({ 'consistency-token': newest[0] ?? token });
  };
  return { ...town, get };
}
