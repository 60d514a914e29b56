import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a process asked of the operating system, in its order; `file` and `folder` are absolute paths. */
export type SystemCall =
  | { kind: 'create'; file: string }
  | { kind: 'write'; file: string; offset: number; bytes: Buffer }
  | { kind: 'truncate'; file: string; length: number }
  | { kind: 'remove'; file: string }
  /** fsync or fdatasync; of a folder it makes the names in it durable. */
  | { kind: 'sync'; file: string }
  /** Left on a socket. */
  | { kind: 'send'; bytes: Buffer };

const STRACE = '/usr/bin/strace';

/** Undefined where the tool is not installed. */
export function traced(folder: string): string[] | undefined {
  if (!existsSync(STRACE)) return undefined;
  const calls = 'trace=openat,pwrite64,write,writev,sendmsg,sendto,fsync,fdatasync,ftruncate,unlink';
  // A file for each thread, paths beside descriptors, all strings whole and as hexadecimal digits.
  return [STRACE, '-ff', '-y', '-xx', '-s', '2000000', '-e', calls, '-o', join(folder, 'trace')];
}

/** The calls of the thread that writes below `store`. SQLite and the answers to clients share one in such a process. */
export function readTrace(folder: string, store: string): SystemCall[] {
  const threads = readdirSync(folder).filter((name) => name.startsWith('trace.'));
  for (const thread of threads) {
    const text = readFileSync(join(folder, thread), 'latin1');
    const calls = text.split('\n').flatMap(parse);
    if (calls.some((call) => call.kind === 'write' && dirname(call.file) === store)) return calls;
  }
  throw new Error(`none of ${threads.length} threads wrote below ${store}`);
}

// name(descriptor<path>, "bytes", number, number) = result; what failed did nothing.
function parse(line: string): SystemCall[] {
  const [, name, descriptor = '', rest = '', result = ''] =
    /^(\w+)\((?:\w+<([^>]*)>)?(.*)\) += (-?\w+)/.exec(line) ?? [];
  if (!name || result.startsWith('-')) return [];
  const file = text(descriptor);
  const bytes = Buffer.concat([...rest.matchAll(/"((?:\\x..)*)"/g)].map(([, hex]) => raw(hex!)));
  const numbers = [...rest.matchAll(/, (\d+)/g)].map(([, digits]) => Number(digits));
  return READERS[name]?.({ file, rest, bytes, numbers }) ?? [];
}

type Words = { file: string; rest: string; bytes: Buffer; numbers: number[] };
type Reader = (words: Words) => SystemCall[];
const sync: Reader = ({ file }) => [{ kind: 'sync', file }];
const send: Reader = ({ file, bytes }) => (file.startsWith('socket:') ? [{ kind: 'send', bytes }] : []);
const READERS: Record<string, Reader> = {
  openat: ({ rest, bytes }) => (rest.includes('O_CREAT') ? [{ kind: 'create', file: bytes.toString() }] : []),
  unlink: ({ bytes }) => [{ kind: 'remove', file: bytes.toString() }],
  pwrite64: ({ file, bytes, numbers }) => [{ kind: 'write', file, offset: numbers[1]!, bytes }],
  ftruncate: ({ file, numbers }) => [{ kind: 'truncate', file, length: numbers[0]! }],
  fsync: sync,
  fdatasync: sync,
  write: send,
  writev: send,
  sendmsg: send,
  sendto: send,
};

function raw(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(String.raw`\x`, ''), 'hex');
}

function text(hex: string): string {
  return hex.startsWith(String.raw`\x`) ? raw(hex).toString() : hex;
}

/** The name of a file of the store, e.g. `events.db-wal`; undefined for one that is elsewhere. */
export function nameIn(store: string, file: string): string | undefined {
  return dirname(file) === store ? basename(file) : undefined;
}
