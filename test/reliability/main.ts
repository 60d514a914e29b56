import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pipelineRun, pipelineTests } from '../pipeline/pipeline-tests.js';
import type { Figures } from './figures.js';
import { killRun } from './kill-run.js';
import { powerCuts } from './power-cut.js';
import { report } from './report.js';
import { inTemporaryHome } from './temporary-home.js';

const usage = `npm run test:reliability -- [options] [test …]

Breaks the embedded node, or the pipeline behind Kafka, and looks for what was lost; writes the figures into test/RELIABILITY.md.

tests of the node (all when none is named):
  kills               SIGKILL at random moments under load
  power-cuts          what the disk holds when the power goes, moment after moment (needs strace)

tests of the pipeline (\`pipeline\`, which is \`npm run test:faults\`: all of them where none is named; they need Kafka and PostgreSQL as
the tests do):
${Object.entries(pipelineTests)
  .map(([name, { title }]) => `  ${name.padEnd(20)}${title}`)
  .join('\n')}

options:
  --points N   how often the fault strikes, default 1000 for kills, for each test of the pipeline its own
  --seed N     repeats the choices of an earlier run
  --out FILE   default test/RELIABILITY.md
  --help

Each test writes its line when it is over: a run that is broken off leaves those that were. Ends with 1 when anything was lost, doubled
or broken, with 130 when it was interrupted. Stores are made below TMPDIR.
`;

type Run = { seed: number; points: number; home: string };
type Test = {
  title: string;
  points: number;
  minutes: number;
  run: (run: Run) => Promise<Figures | { unavailable: string }>;
};
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const nodeTests: Record<string, Test> = {
  kills: {
    title: 'SIGKILL under load',
    points: 1000,
    minutes: 20,
    run: (run) => killRun({ ...run, say }),
  },
  'power-cuts': {
    title: 'power cut under load (disk rebuilt from its system calls)',
    points: 0,
    minutes: 2,
    run: async ({ home, seed }) =>
      (await powerCuts({ home, seed, appends: 1000, every: 15 })) ?? { unavailable: 'strace is missing' },
  },
};
const tests: Record<string, Test> = {
  ...nodeTests,
  ...Object.fromEntries(
    Object.entries(pipelineTests).map(([name, test]) => [
      name,
      { ...test, run: (run: Run) => pipelineRun(test, { ...run, say }) },
    ]),
  ),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    points: { type: 'string' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    out: { type: 'string', default: 'test/RELIABILITY.md' },
    help: { type: 'boolean', default: false },
  },
});
const [seed, asked] = [Number(values.seed), values.points === undefined ? undefined : Number(values.points)];
const named = positionals.filter((name) => name !== 'pipeline');
const whole = Object.keys(positionals.includes('pipeline') ? pipelineTests : nodeTests);
const chosen = named.length > 0 ? named : whole;
const unknown = chosen.find((name) => !tests[name]);
const wrong = unknown ?? [seed, asked ?? 1].find((number) => !Number.isInteger(number) || number < 1);
if (values.help || wrong !== undefined) {
  process.stdout.write(wrong === undefined ? usage : `not understood: ${wrong}\n\n${usage}`);
  process.exit(wrong === undefined ? 0 : 1);
}

// What runs for it ends with it, and its folders go.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const all = Object.entries(tests).filter(([name]) => chosen.includes(name));
const length = (some: typeof all) => some.reduce((sum, [, { minutes }]) => sum + minutes, 0);
for (const [index, [name, { title, points: usual, run }]] of all.entries()) {
  const points = asked ?? usual;
  // What is asked for may be shorter or longer than what is usual.
  const left =
    asked === undefined ? `, some ${length(all.slice(index))} minutes to go on two quiet cores` : '';
  say(`${index + 1} of ${all.length}: ${title}, seed ${seed}${left}`);
  const work = (home: string) => run({ seed, points, home });
  const figures = await inTemporaryHome(name, work, (found, home) => {
    const broken = 'violations' in found && found.violations.length > 0;
    if (broken) say(`what is left of it: ${home}`);
    return broken;
  }).catch((error: Error) => ({ unavailable: `it broke off: ${error.stack}` })); // those that follow are run all the same
  if ('unavailable' in figures) {
    say(`NOT TESTED: ${title}: ${figures.unavailable}`);
    process.exitCode = 1;
    continue;
  }
  report(values.out, [{ test: title, seed, figures }]);
  for (const { kind, what } of figures.violations) say(`${kind}: ${what}`);
  if (figures.violations.length > 0) process.exitCode = 1;
  say(`${figures.points} points, ${figures.violations.length} violations, ${Math.round(figures.seconds)} s`);
}
process.exit(); // whatever a client of a killed server still waits for
