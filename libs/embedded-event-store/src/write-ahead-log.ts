import { closeSync, openSync, readSync, statSync } from 'node:fs';

// SQLite's file format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682; // its last bit says in which byte order the sums are made

/** Two running sums over everything from the beginning of the log. */
type Sums = readonly [number, number];
type Frame = {
  /** Whether it ends a transaction. */
  commits: boolean;
  /** Whether it belongs to this generation of the log; older ones lie behind its end until they are overwritten. */
  current: boolean;
  /** The sums as they were written. */
  sums: Sums;
  /** What they have to be after a frame that ended with `before`. */
  after: (before: Sums) => Sums;
};

/**
 * What is wrong with a write-ahead log that a crash left, beyond what a crash can do to it. SQLite takes the log up to the first
 * entry that does not add up, and drops the rest without a word: right for a torn tail, wrong for damage in the middle.
 *
 * The two can be told apart. The header is synced before the first entry, so no crash leaves entries behind a broken one. And
 * nothing is appended to a commit before it is synced: where an entry adds up as the successor of a commit, all up to that commit
 * was on disk once, and what does not add up before it is damage. Only of the last commit nobody can say.
 */
export function damageOfLog(file: string): string | undefined {
  const found = look(file);
  // Where somebody writes meanwhile, one look can see the parts of two moments; two that see the same cannot.
  const again = found && look(file);
  return found?.detail === again?.detail && found?.generation === again?.generation
    ? found?.detail
    : undefined;
}

function look(file: string): { detail: string; generation: string } | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= HEADER) return undefined;
  const opened = openSync(file, 'r');
  try {
    const read = (offset: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      readSync(opened, bytes, 0, length, offset);
      return bytes;
    };
    const header = read(0, HEADER);
    const generation = header.toString('hex');
    if (!isSound(header)) return { detail: 'its write-ahead log has a broken header', generation };
    const broken = brokenFrame(header, size, read);
    return broken === undefined
      ? undefined
      : { detail: `entry ${broken} of its write-ahead log is broken`, generation };
  } finally {
    closeSync(opened);
  }
}

function isSound(header: Buffer): boolean {
  if ((header.readUInt32BE(0) & ~1) !== MAGIC) return false;
  return same(summed(header, header.subarray(0, 24), [0, 0]), sumsAt(header, 24));
}

// The number, from 1, of the first frame that does not add up, if commits follow that do.
function brokenFrame(
  header: Buffer,
  size: number,
  read: (offset: number, length: number) => Buffer,
): number | undefined {
  const frameSize = FRAME_HEADER + header.readUInt32BE(8);
  let broken: number | undefined;
  let before: Sums = sumsAt(header, 24);
  let afterCommit = false;
  for (let number = 1; HEADER + number * frameSize <= size; number++) {
    const frame = frameOf(header, read(HEADER + (number - 1) * frameSize, frameSize));
    const follows = frame.current && (broken === undefined || afterCommit) && isAfter(frame, before);
    if (broken !== undefined && follows) return broken;
    if (!follows) broken ??= number;
    before = frame.sums;
    afterCommit = frame.current && frame.commits;
  }
  return undefined;
}

function frameOf(header: Buffer, bytes: Buffer): Frame {
  return {
    commits: bytes.readUInt32BE(4) !== 0,
    current: bytes.compare(header, 16, 24, 8, 16) === 0,
    sums: sumsAt(bytes, 16),
    after: (before) =>
      summed(header, bytes.subarray(FRAME_HEADER), summed(header, bytes.subarray(0, 8), before)),
  };
}

function isAfter(frame: Frame, before: Sums): boolean {
  return same(frame.after(before), frame.sums);
}

function summed(header: Buffer, bytes: Buffer, [first, second]: Sums): Sums {
  const littleEndian = (header.readUInt32BE(0) & 1) === 0;
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + words.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + words.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  return [first, second];
}

function sumsAt(bytes: Buffer, offset: number): Sums {
  return [bytes.readUInt32BE(offset), bytes.readUInt32BE(offset + 4)];
}

function same(one: Sums, other: Sums): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
