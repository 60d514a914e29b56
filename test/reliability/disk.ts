import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameIn, type SystemCall } from './system-calls.js';

type Change = Extract<SystemCall, { kind: 'write' | 'truncate' }>;
type DiskFile = { linked: boolean; removed: boolean; durable: Buffer; pending: Change[] };

const SECTOR = 512;

/**
 * A disk as a careless one may be: what was written is there for certain after a sync of the file, a name after a sync of its
 * folder. Of all that came later, a power cut keeps any part, in sectors.
 */
export class Disk {
  readonly #files = new Map<string, DiskFile>();

  constructor(private readonly store: string) {}

  apply(call: SystemCall): void {
    if (call.kind === 'send') return;
    if (call.kind === 'sync' && call.file === this.store) return this.#syncNames();
    const name = nameIn(this.store, call.file);
    if (!name?.startsWith('events.db') || name.endsWith('-shm')) return;
    const file = this.#file(name);
    if (call.kind === 'create') file.removed = false;
    else if (call.kind === 'remove')
      Object.assign(file, { removed: true, pending: [], durable: Buffer.alloc(0) });
    else if (call.kind === 'sync') {
      file.durable = file.pending.reduce(changed, file.durable);
      file.pending = [];
    } else file.pending.push(call);
  }

  /** Writes into `folder` what is there after a power cut now: the rest is up to `random`, numbers from 0 to 1. */
  cut(folder: string, random: () => number): void {
    for (const [name, { linked, durable, pending }] of this.#files) {
      if (!linked) continue;
      const kept = pending.filter(() => random() < 0.5).map((change) => torn(change, random));
      writeFileSync(join(folder, name), kept.reduce(changed, durable));
    }
  }

  #syncNames(): void {
    for (const file of this.#files.values()) file.linked = !file.removed;
  }

  #file(name: string): DiskFile {
    const file = this.#files.get(name) ?? {
      linked: false,
      removed: false,
      durable: Buffer.alloc(0),
      pending: [],
    };
    this.#files.set(name, file);
    return file;
  }
}

function changed(content: Buffer, change: Change): Buffer {
  const length = change.kind === 'truncate' ? change.length : change.offset + change.bytes.length;
  if (change.kind === 'truncate') return content.subarray(0, length);
  const grown = Buffer.concat([content, Buffer.alloc(Math.max(0, length - content.length))]);
  change.bytes.copy(grown, change.offset);
  return grown;
}

function torn(change: Change, random: () => number): Change {
  if (change.kind === 'truncate' || random() < 0.5) return change;
  const sectors = Math.floor((random() * change.bytes.length) / SECTOR);
  return { ...change, bytes: change.bytes.subarray(0, sectors * SECTOR) };
}
