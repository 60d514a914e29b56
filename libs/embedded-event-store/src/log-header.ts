import { closeSync, openSync, readSync, statSync } from 'node:fs';

const HEADER = 32;
const MAGIC = 0x377f0682; // its last bit says in which byte order the sums are made

/**
 * Whether the header of a write-ahead log is not what SQLite wrote. SQLite then takes the whole log for empty, and everything in
 * it would be gone without a word. It syncs the header before the first entry, so no crash leaves entries behind a broken one.
 */
export function isLogHeaderDamaged(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= HEADER) return false;
  const header = Buffer.alloc(HEADER);
  const opened = openSync(file, 'r');
  readSync(opened, header, 0, HEADER, 0);
  closeSync(opened);
  const magic = header.readUInt32BE(0);
  if ((magic & ~1) !== MAGIC) return true;
  let [first, second] = [0, 0];
  for (let at = 0; at < 24; at += 8) {
    const word = (offset: number): number =>
      magic & 1 ? header.readUInt32BE(offset) : header.readUInt32LE(offset);
    first = (first + word(at) + second) >>> 0;
    second = (second + word(at + 4) + first) >>> 0;
  }
  return first !== header.readUInt32BE(24) || second !== header.readUInt32BE(28);
}
