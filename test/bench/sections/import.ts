import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { residentMemory } from '../server-process.js';
import { median, perSecond } from '../quantiles.js';
import { type Bench, type Figure, type Section, held } from '../section.js';
import { startStation } from '../seeded-station.js';

export const importing: Section = {
  name: 'import',
  title: 'Real records in',
  about: [
    '`yizhan import --profile casework` into a running station with the embedded parts, each round into an empty home. Events per second are',
    'of the whole command, its start included; projections run beside it. Memory is that of the command. The files are looked for in',
    '`YIZHAN_DATA`, `../shared/data` by default; the goal is that a file ten times as large takes no more memory (≤ 1.5×). Where they are',
    'absent, and in a quick run, the rows are written here.',
  ].join('\n'),
  run: measure,
};

type Imported = { events: number; seconds: number; memory: number };

async function measure(bench: Bench): Promise<Figure[]> {
  const { year, all } = files(bench);
  const rounds: Imported[] = [];
  for (let round = 1; round <= (bench.quick ? 1 : 3); round += 1)
    rounds.push(await imported(bench, year, round));
  const rate = median(rounds.map(({ events, seconds }) => events / seconds));
  const memory = median(rounds.map((one) => one.memory));
  const figures: Figure[] = [
    { what: `${year.what}, ${count(rounds[0]?.events)} events`, value: perSecond(rate, 'events') },
    { what: 'memory of the command, at its most', value: `${memory.toFixed(0)} MiB` },
  ];
  if (!all) return figures;
  const large = await imported(bench, all, 0);
  return [
    ...figures,
    {
      what: `${all.what}, ${count(large.events)} events`,
      value: perSecond(large.events / large.seconds, 'events'),
    },
    held(
      'memory of the command, at its most',
      `${large.memory.toFixed(0)} MiB`,
      '≤ 1.5× of the smaller file',
      large.memory <= 1.5 * memory,
    ),
  ];
}

type File = { what: string; path: string };

function files({ quick, home }: Bench): { year: File; all?: File } {
  const folder = resolve(process.env['YIZHAN_DATA'] || '../shared/data');
  const year = join(folder, 'nyc_council_casework_2022.csv');
  if (quick || !existsSync(year)) {
    const path = join(home, 'cases.csv');
    writeFileSync(path, written(quick ? 1_000 : 30_000));
    return { year: { what: 'rows written here', path } };
  }
  const all = join(folder, 'nyc_council_casework_all.csv.gz');
  return {
    year: { what: 'casework 2022', path: year },
    ...(existsSync(all) ? { all: { what: 'casework, all years', path: all } } : {}),
  };
}

const written = (rows: number): string =>
  [
    'unique_key,account,opendate,closedate,complaint_type,descriptor,council_dist',
    ...Array.from({ length: rows }, (_, index) => {
      const date = `2022-${String(1 + (index % 12)).padStart(2, '0')}-1${index % 10}`;
      return `K${index},NYCC${10 + (index % 41)},${date},${index % 8 === 0 ? '' : date},Health,COVID-19,NYCC03`;
    }),
    '',
  ].join('\n');

async function imported(bench: Bench, { path, what }: File, round: number): Promise<Imported> {
  const { server, home } = await startStation(bench, `import-${round}`);
  try {
    const command = new URL('../../../apps/cli/src/main.js', import.meta.url).pathname;
    const profiling = bench.profiles ? ['--cpu-prof', `--cpu-prof-dir=${bench.profiles}`] : [];
    const aside = ['--quarantine', join(home, 'quarantine.csv')];
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [...profiling, command, 'import', '--profile', 'casework', '--json', ...aside, path],
      { env: { PATH: process.env['PATH'], YIZHAN_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    let memory = 0;
    const watch = setInterval(() => (memory = Math.max(memory, residentMemory(child.pid ?? 0))), 500);
    const [code] = (await once(child, 'close').finally(() => clearInterval(watch))) as [number | null];
    if (code !== 0) throw new Error(`the import ended with ${code}`);
    const seconds = (performance.now() - start) / 1_000;
    const { events } = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { events: number };
    bench.say(`${what}: ${perSecond(events / seconds, 'events')}, ${memory.toFixed(0)} MiB`);
    return { events, seconds, memory };
  } finally {
    await server.stop();
  }
}

const count = (value = 0): string => value.toLocaleString('en');
