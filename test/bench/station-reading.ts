import { setTimeout as pause } from 'node:timers/promises';
import { issueToken, openSigningKey } from '#access';

type Projection = {
  name: string;
  state: string;
  lagSeconds: number;
  /** Where a topic is read. */
  lagEvents: number | null;
  position: string;
  rebuild: { state: string; events?: number; seconds?: number; reason?: string } | null;
};

/** What a bench asks a station for: as its admin of the projections, as an auditor of what they say. */
export type Reading = {
  /** The auditor's. */
  headers: Record<string, string>;
  projections: () => Promise<Projection[]>;
  rebuild: (name: string) => Promise<{ events: number; seconds: number }>;
};

export async function readingOf(url: string, home: string): Promise<Reading> {
  const key = await openSigningKey(home);
  const bearer = async (role: 'admin' | 'auditor') => ({
    authorization: `Bearer ${await issueToken(key, { subject: role, name: role, role, scope: {} }, '24h')}`,
  });
  const [admin, auditor] = [await bearer('admin'), await bearer('auditor')];
  const administer = async <Answer>(path: string, method = 'GET') => {
    const answer = await fetch(`${url}/v1/projections${path}`, { method, headers: admin });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const rebuild = async (name: string) => {
    let one = await administer<Projection>(`/${name}/rebuild`, 'POST');
    while (one.rebuild?.state === 'running') {
      await pause(50);
      one = await administer<Projection>(`/${name}`);
    }
    const { state, events, seconds, reason } = one.rebuild ?? { state: 'lost' };
    if (state !== 'done' || !events || !seconds) throw new Error(`rebuild of ${name}: ${state} ${reason}`);
    return { events, seconds };
  };
  return {
    headers: auditor,
    projections: async () => (await administer<{ items: Projection[] }>('')).items,
    rebuild,
  };
}

/** Resolves when every projection has applied the event at `position`, and where a topic is read all that stands there. */
export async function applied(reading: Reading, position: bigint): Promise<void> {
  for (;;) {
    const all = await reading.projections();
    const done = (one: Projection) =>
      one.state === 'live' && BigInt(one.position) >= position && !one.lagEvents;
    if (all.every(done)) return;
    await pause(50);
  }
}
