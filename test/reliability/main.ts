import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Figures } from './figures.js';
import { killRun } from './kill-run.js';
import { powerCuts } from './power-cut.js';
import { report } from './report.js';
import { inTemporaryHome } from './temporary-home.js';

const usage = `npm run test:reliability -- [options] [test …]

Breaks the embedded node and looks for what it lost; writes the figures into test/RELIABILITY.md.

tests (all when none is named):
  kills        SIGKILL at random moments under load
  power-cuts   what the disk holds when the power goes, moment after moment (needs strace)

options:
  --points N   kills, default 1000
  --seed N     repeats the choices of an earlier run
  --out FILE   default test/RELIABILITY.md
  --help

Ends with 1 when anything was lost, doubled or broken. Stores are made below TMPDIR.
`;

type Run = { seed: number; points: number; home: string };
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const tests: Record<string, { title: string; run: (run: Run) => Promise<Figures | undefined> }> = {
  kills: {
    title: 'SIGKILL under load',
    run: (run) => killRun({ ...run, say }),
  },
  'power-cuts': {
    title: 'power cut under load (disk rebuilt from its system calls)',
    run: ({ home, seed }) => powerCuts({ home, seed, appends: 1000, every: 15 }),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    points: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    out: { type: 'string', default: 'test/RELIABILITY.md' },
    help: { type: 'boolean', default: false },
  },
});
const [seed, points] = [Number(values.seed), Number(values.points)];
const unknown = positionals.find((name) => !tests[name]);
const wrong = unknown ?? [seed, points].find((number) => !Number.isInteger(number) || number < 1);
if (values.help || wrong !== undefined) {
  process.stdout.write(wrong === undefined ? usage : `not understood: ${wrong}\n\n${usage}`);
  process.exit(wrong === undefined ? 0 : 1);
}

for (const [name, { title, run }] of Object.entries(tests)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  say(`${title}, seed ${seed}`);
  const work = (home: string) => run({ seed, points, home });
  const figures = await inTemporaryHome(name, work, (found, home) => {
    const broken = (found?.violations.length ?? 0) > 0;
    if (broken) say(`what is left of it: ${home}`);
    return broken;
  });
  if (!figures) {
    say(`NOT TESTED: ${title}: strace is missing`);
    process.exitCode = 1;
    continue;
  }
  report(values.out, [{ test: title, seed, figures }]);
  for (const { kind, what } of figures.violations) say(`${kind}: ${what}`);
  if (figures.violations.length > 0) process.exitCode = 1;
  say(`${figures.points} points, ${figures.violations.length} violations, ${Math.round(figures.seconds)} s`);
}
