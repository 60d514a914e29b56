import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { count, type Figures } from './figures.js';

/** One line of RELIABILITY.md: a test and what its newest run found. */
export type ReportRow = { test: string; seed: number; figures: Figures };

const HEAD = `# Reliability

Written by \`npm run test:reliability\` (the node) and \`npm run test:faults\` (the pipeline; \`--help\` says how), and by nothing else:
\`npm test\` runs the same code in shorter runs and leaves this file alone. Each line is the newest run of one test; a run replaces its own line and keeps the others.

* **points**: how often the fault struck. **lost**: acknowledged, and not there afterwards. **doubled**: sent twice, written twice.
  **other**: any other breach (half an append, an event moved, out of order or changed, a store that does not open).
* **slowest restart**: the longest from being told to open a store to having it open; of the pipeline, from the end of the fault until
  everything acknowledged before it was carried, or the newest of it seen at a projector that lives.
* Of the pipeline, **acknowledged appends** are answers to clients, **events** what both topics and the read models were held against at
  the end, **writes/s** what was acknowledged in a second while the load lasted, which aims at 100, and **repeated** the records that
  stand on the log's topic a second time: sent again since nobody knew whether they had arrived, and skipped by every reader.

`;
const COLUMNS = [
  'test',
  'date',
  'machine',
  'seed',
  'points',
  'acknowledged appends',
  'events',
  'lost',
  'doubled',
  'other',
  'seconds',
  'slowest restart',
  'writes/s',
  'repeated',
];
const NUMBERS_FROM = 3;

/** Puts the rows into `file`, each in the place of an older one of the same test. */
export function report(file: string, rows: ReportRow[]): void {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const known = lines.filter((line) => line.startsWith('| ')).slice(1);
  const byTest = new Map(known.map((line) => [line.split('|')[1]!.trim(), line]));
  for (const row of rows) byTest.set(row.test, cells(row));
  const rule = COLUMNS.map((_, index) => (index < NUMBERS_FROM ? '---' : '---:')).join('|');
  const table = [`| ${COLUMNS.join(' | ')} |`, `|${rule}|`, ...byTest.values()];
  writeFileSync(file, `${HEAD}${table.join('\n')}\n`);
}

function cells({ test, seed, figures }: ReportRow): string {
  const { points, acknowledged, violations, seconds, slowestStart, writesPerSecond, repeated } = figures;
  const [lost, doubled] = [count(figures, 'lost'), count(figures, 'doubled')];
  const values = [
    test,
    new Date().toISOString().slice(0, 10),
    machine(),
    seed,
    points,
    acknowledged.appends,
    acknowledged.events,
    lost,
    doubled,
    violations.length - lost - doubled,
    Math.round(seconds),
    slowestStart === undefined ? '' : `${Math.round(slowestStart)} ms`,
    writesPerSecond === undefined ? '' : Math.round(writesPerSecond),
    repeated ?? '',
  ];
  return `| ${values.join(' | ')} |`;
}

function machine(): string {
  return `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
