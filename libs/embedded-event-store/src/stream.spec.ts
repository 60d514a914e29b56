import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from './store.js';
import { metadataEvent } from './writer.js';

// More than what is kept of others in two generations.
const MANY = 25_000;

describe('the streams in memory', () => {
  let directory: string;
  let store: Store;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'event-store-'));
    store = openStore(directory);
    store.log.commit(() => {
      const number = store.log.addStream('written');
      for (const revision of [0, 1, 2]) store.log.insert(number, revision, 1, metadataEvent(Buffer.alloc(0)));
    });
  });
  afterEach(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });
  const askForMany = (between = (): void => undefined): void => {
    for (let index = 0; index < MANY; index++) {
      store.streams.get(`other-${index}`);
      if (index % 1000 === 0) between();
    }
  };

  it('are let go of when many others are asked for, and read again as they stand', () => {
    const before = store.streams.get('written');
    askForMany();
    const after = store.streams.get('written');
    expect(after).not.toBe(before);
    expect(after).toEqual(before);
    expect(after.last).toBe(2);
  });

  it('with long names do not stay, and are what they are on disk', () => {
    const name = 'n'.repeat(1_001);
    store.log.commit(() => {
      store.log.insert(store.log.addStream(name), 0, 1, metadataEvent(Buffer.alloc(0)));
    });
    const before = store.streams.get(name);
    expect(store.streams.get(name)).not.toBe(before);
    expect(store.streams.get(name)).toEqual(before);
    expect(before.last).toBe(0);
  });

  it('stay as long as they are asked for now and then', () => {
    const before = store.streams.get('written');
    askForMany(() => store.streams.get('written'));
    expect(store.streams.get('written')).toBe(before);
  });
});
