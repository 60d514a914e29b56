import Table from 'cli-table3';
import { apiOf } from '../session/api.js';
import { type Session, withQueries } from '../session/session.js';

type Relayed = { topic: string; position: string; lagEvents: number; atLeast?: boolean; lagSeconds: number };
type Projected = {
  name: string;
  state: string;
  position: string;
  lagEvents: number | null;
  lagSeconds: number;
  parked: number;
  halted: { partition: number; reason: string }[];
};
export type Lag = { relay: Relayed[]; projections: Projected[] };

export async function lagOf(session: Session, at: string | undefined): Promise<Lag> {
  return withQueries(session, at, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    const [relay, projections] = await Promise.all([
      api<{ items: Relayed[] }>('GET', '/v1/projections/relay'),
      api<{ items: Projected[] }>('GET', '/v1/projections'),
    ]);
    return { relay: relay.items, projections: projections.items };
  });
}

export function lagTable({ relay, projections }: Lag): string {
  const table = new Table({ head: ['', 'state', 'position', 'events behind', 'seconds behind', 'parked'] });
  for (const { topic, position, lagEvents, atLeast, lagSeconds } of relay)
    table.push([
      `relay ${topic}`,
      '',
      position,
      `${lagEvents}${atLeast ? '+' : ''}`,
      lagSeconds.toFixed(1),
      '',
    ]);
  for (const { name, state, position, lagEvents, lagSeconds, parked } of projections)
    table.push([name, state, position, lagEvents ?? '', lagSeconds.toFixed(1), parked]);
  const halted = projections.flatMap(({ name, halted: all }) =>
    all.map(({ partition, reason }) => `${name} stands still in partition ${partition}: ${reason}\n`),
  );
  return `${table.toString()}\n${halted.join('')}`;
}
