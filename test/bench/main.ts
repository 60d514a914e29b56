import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.js';
import { markdown, table } from './results.js';
import type { Bench, Figure, Section } from './section.js';
import { sections } from './sections.js';

const usage = `npm run bench -- [options] [section …]

Measures Yizhan against its goals, server and load in processes of their own, and writes what was measured into results.md; the
sections that were not stay there as they are.

sections (all when none is named):
${sections.map(({ name, title }) => `  ${name.padEnd(15)}${title}`).join('\n')}

options:
  --quick         short rounds and small stores: shows that it works, not how fast
  --million       1,000,000 requests where 100,000 are the default, and as many events in relay and kafka-rebuild
  --profiles DIR  leave CPU profiles of the servers there
  --out FILE      where the table goes, default test/bench/results.md
  --help

The servers write below TMPDIR (${tmpdir()}): its disk is what is measured.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    profiles: { type: 'string' },
    out: { type: 'string', default: 'test/bench/results.md' },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !sections.some((section) => section.name === name));
if (values.help || unknown) {
  process.stdout.write(unknown ? `no section ${unknown}\n\n${usage}` : usage);
  process.exit(unknown ? 1 : 0);
}

const home = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
const { quick, million, profiles } = values;
const say = (line: string) => void process.stderr.write(`  ${line}\n`);
const on = { machine: machine(), date: new Date().toISOString().slice(0, 10), quick };
const earlier = existsSync(values.out) ? readFileSync(values.out, 'utf8') : '';
const measured: { section: Section; figures: Figure[] }[] = [];
try {
  for (const section of sections) {
    if (positionals.length > 0 && !positionals.includes(section.name)) continue;
    say(section.title);
    const bench: Bench = { home, quick, million, profiles, say };
    measured.push({ section, figures: await section.run(bench) });
    // Whatever breaks the run off, this much is there.
    writeFileSync(values.out, markdown(measured, on, { order: sections, earlier }));
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.stdout.write(table(measured));
