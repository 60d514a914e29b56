import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ProposedEvent } from './recorded-event.js';
import { openStore, type Store } from './store.js';
import type { Outcome } from './writer.js';

function proposed(bytes = 10): ProposedEvent {
  return {
    id: randomBytes(16),
    type: 'x',
    json: false,
    metadata: new Uint8Array(),
    data: randomBytes(bytes),
  };
}

describe('the queue of commits', () => {
  let directory: string;
  let store: Store;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'event-store-'));
    store = openStore(directory);
  });
  afterEach(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });

  function append(stream: string, event = proposed()): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      store.writer.append(stream, 'any', [event], (error, outcome) =>
        outcome ? resolve(outcome) : reject(error!),
      );
    });
  }
  function limitPages(pages: number): void {
    store.log.database.exec(`PRAGMA max_page_count = ${pages}`);
  }

  it('commits once for all appends of one turn', async () => {
    let commits = 0;
    const exec = store.log.database.exec.bind(store.log.database);
    store.log.database.exec = (sql) => {
      if (sql === 'COMMIT') commits++;
      exec(sql);
    };
    await Promise.all(Array.from({ length: 100 }, (_, at) => append(`s-${at}`)));
    expect(commits).toBe(1);
  });

  it('answers only after the commit', async () => {
    const order: string[] = [];
    const exec = store.log.database.exec.bind(store.log.database);
    store.log.database.exec = (sql) => {
      exec(sql);
      order.push(sql);
    };
    await append('s').then(() => order.push('answer'));
    expect(order).toEqual(['BEGIN IMMEDIATE', 'COMMIT', 'answer']);
  });

  it('splits what is too much for one commit, and loses none of it', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => append('s', proposed(1_000_000))));
    expect(outcomes.map((outcome) => outcome.kind === 'written' && outcome.revision)).toEqual(
      outcomes.map((_, at) => at),
    );
  });

  it('fails all appends of a commit that fails, keeps nothing of them, and goes on when there is room again', async () => {
    await append('s');
    limitPages(store.log.database.prepare('PRAGMA page_count').get()!['page_count'] as number);
    const failing = [append('s', proposed(100_000)), append('t'), append('new')];
    for (const outcome of await Promise.allSettled(failing)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { errcode: 13 } });
    }
    expect(store.log.lastPosition).toBe(2);
    limitPages(1_000_000);
    expect(await append('s')).toEqual({ kind: 'written', revision: 1, position: 3 });
    expect(await append('new')).toEqual({ kind: 'written', revision: 0, position: 4 });
  });

  it('wakes who waits for events after a commit that wrote some, and only then', async () => {
    let woken = 0;
    const event = proposed();
    await append('s', event);
    store.appended.once(() => woken++);
    await append('s', event);
    expect(woken).toBe(0);
    await append('s');
    expect(woken).toBe(1);
  });

  it('commits what waits when it closes, and refuses what comes later', async () => {
    const waiting = append('s');
    store.stopWriting();
    expect(await waiting).toMatchObject({ kind: 'written' });
    await expect(append('s')).rejects.toThrow('shutting down');
  });
});
