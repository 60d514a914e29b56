import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectGarbage } from '../../../../test/garbage.fixture.js';
import { importRows } from './importer.js';
import { registerColumns, registerProfile } from './register.profile.js';
import { Rehearsal } from './rehearsal.js';
import { type Row, openRows } from './row-source.js';

const station = {
  code: 'YFXJ',
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
  timeZone: 'Asia/Shanghai',
};
const rows = 1_500;
const words = '5号楼前路面结冰，老人出行易摔，请尽快处理。'.repeat(180);

/** What is held, in bytes, without what nobody holds any more. */
function held(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Takes everything; keeps nothing, or all of it where it is told to. */
class Sieve {
  events = 0n;
  readonly kept: object[] = [];
  constructor(private readonly keeps: boolean) {}
  readonly head = async () => undefined;
  readonly read = async () => [];
  readonly append = async (_: string, __: unknown, events: object[]) => {
    this.events += BigInt(events.length);
    if (this.keeps) this.kept.push(...events);
    return { revision: BigInt(events.length) - 1n, position: this.events };
  };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function longFile(): Promise<string> {
  const file = join(folder, '登记簿.csv');
  const out = createWriteStream(file);
  out.write(`${registerColumns.join(',')}\n`);
  for (let row = 1; row <= rows; row += 1) {
    const line = `2026-11-22 10:30,居民${row},13800000000,5号楼,2单元,${words},物业,已清理,2026-11-22 10:40,张连生\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return file;
}

type Outcome = { accepted: number; kept: number; grown: number };

/** How much more is held, in bytes, towards the end of the file than near its beginning; the least of three each time. */
async function importing(file: string, target: Sieve): Promise<Outcome> {
  const samples: number[] = [];
  const { rows: source } = await openRows(file, registerColumns);
  const { accepted } = await importRows(source, {
    target,
    profile: registerProfile(station),
    id: 'run',
    file: '登记簿.csv',
    quarantine: async () => undefined,
    progress: (tally) => {
      if (tally.rows % 150 === 0) samples.push(held());
    },
    signal: new AbortController().signal,
  });
  const grown = Math.min(...samples.slice(-3)) - Math.min(...samples.slice(0, 3));
  return { accepted, kept: target.kept.length, grown };
}

async function* shortRows(count: number): AsyncGenerator<Row> {
  for (let line = 1; line <= count; line += 1) {
    const cells = { 登记时间: '2026-11-22 10:30', 反映问题: `路灯${line}不亮` };
    yield { line, values: [], cells };
  }
}

/** Bytes held at the end of a rehearsal for each row. */
async function rehearsing(count: number): Promise<number> {
  const target = await Rehearsal.over(undefined);
  const before = held();
  const { accepted } = await importRows(shortRows(count), {
    target,
    profile: registerProfile(station),
    id: 'run',
    file: '登记簿.csv',
    quarantine: async () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
  });
  expect(accepted).toBe(count);
  const after = held();
  expect(await target.head()).toEqual({ position: 0n }); // it is held until here
  return (after - before) / count;
}

describe('an import of a large file', () => {
  it('holds some fifty bytes for each row when it is rehearsed', async () => {
    expect(await rehearsing(20_000)).toBeLessThan(120);
  });

  it('holds a small part of it at any time, told from one that keeps it', async () => {
    const file = await longFile();
    expect((await stat(file)).size).toBeGreaterThan(16 * 2 ** 20);
    const hoarder = await importing(file, new Sieve(true));
    const importer = await importing(file, new Sieve(false));
    expect([importer.accepted, hoarder.accepted]).toEqual([rows, rows]);
    expect(hoarder.kept).toBeGreaterThanOrEqual(rows);
    expect(hoarder.grown).toBeGreaterThan(6 * 2 ** 20);
    expect(importer.grown).toBeLessThan(hoarder.grown / 3);
  }, 240_000);
});
